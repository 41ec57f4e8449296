"""
The column sets of Amazon's order reports, as public files show them; the names of the layouts are this project's own.
"""

from __future__ import annotations

HEADERS: dict[str, tuple[str, ...]] = {
    "us_68": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-name payment-method-details buyer-phone-number sku number-of-items product-name quantity-purchased "
            "quantity-shipped quantity-to-ship ship-service-level ship-service-name recipient-name ship-address-1 ship-address-2 "
            "ship-address-3 address-type ship-city ship-state ship-postal-code ship-country gift-wrap-type gift-message-text "
            "payment-method cod-collectible-amount already-paid payment-method-fee customized-url customized-page is-business-order "
            "purchase-order-number price-designation is-prime is-premium-order buyer-company-name licensee-name license-number "
            "license-state license-expiration-date is-replacement-order is-exchange-order original-order-id is-transparency "
            "default-ship-from-address-name default-ship-from-address-field-1 default-ship-from-address-field-2 "
            "default-ship-from-address-field-3 default-ship-from-city default-ship-from-state default-ship-from-country "
            "default-ship-from-postal-code is-ispu-order store-chain-store-id is-buyer-requested-cancellation "
            "buyer-requested-cancel-reason ioss-number tax-collection-model tax-collection-responsible-party verge-of-cancellation "
            "verge-of-lateShipment signature-confirmation-recommended"
        ).split()
    ),
    "uk_85": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-name payment-method-details buyer-phone-number sku number-of-items product-name quantity-purchased "
            "quantity-shipped quantity-to-ship ship-service-level ship-service-name recipient-name ship-address-1 ship-address-2 "
            "ship-address-3 address-type ship-city ship-state ship-postal-code ship-country gift-wrap-type gift-message-text "
            "payment-method cod-collectible-amount already-paid payment-method-fee customized-url customized-page is-business-order "
            "purchase-order-number price-designation is-prime fulfilled-by shipment-status is-premium-order buyer-company-name "
            "buyer-cst-number buyer-vat-number buyer-tax-registration-id buyer-tax-registration-country buyer-tax-registration-type "
            "licensee-name license-number license-state license-expiration-date is-heavy-or-bulky is-replacement-order "
            "is-exchange-order original-order-id is-transparency is-iba buyer-citizen-name buyer-citizen-id "
            "default-ship-from-address-name default-ship-from-address-field-1 default-ship-from-address-field-2 "
            "default-ship-from-address-field-3 default-ship-from-city default-ship-from-state default-ship-from-country "
            "default-ship-from-postal-code is-ispu-order store-chain-store-id is-pickup-point-order pickup-point-type "
            "is-buyer-requested-cancellation buyer-requested-cancel-reason ioss-number tax-collection-model "
            "tax-collection-responsible-party order-invoice-type invoice-business-legal-name invoice-business-address "
            "invoice-business-tax-id invoice-business-tax-office verge-of-cancellation verge-of-lateShipment"
        ).split()
    ),
    "in_30": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-name buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level "
            "recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "is-business-order purchase-order-number price-designation is-iba verge-of-cancellation verge-of-lateShipment"
        ).split()
    ),
    "plain_27": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level "
            "recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "is-business-order purchase-order-number price-designation is-prime"
        ).split()
    ),
    "jp_34": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-name buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level "
            "recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "payment-method cod-collectible-amount already-paid payment-method-fee scheduled-delivery-start-date "
            "scheduled-delivery-end-date points-granted is-prime verge-of-cancellation verge-of-lateShipment"
        ).split()
    ),
    "jp_32": tuple(
        (
            "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email "
            "buyer-name buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level "
            "recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "payment-method cod-collectible-amount already-paid payment-method-fee scheduled-delivery-start-date "
            "scheduled-delivery-end-date points-granted is-prime"
        ).split()
    ),
    "easy_ship_21": tuple(
        (
            "order-id tracking-id expected-ship-date asin sku product-name quantity-purchased invoice-id package-identifier "
            "ship-service-level is-prime pickup-slot order-item-id purchase-date ship-postal-code ship-country ship-city ship-state "
            "carrier verge-of-cancellation verge-of-lateShipment"
        ).split()
    ),
    "new_orders_34": tuple(
        (
            "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
            "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
            "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country ship-phone-number "
            "delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions sales-channel is-business-order "
            "purchase-order-number price-designation is-sold-by-ab"
        ).split()
    ),
    "new_orders_44_window": tuple(
        (
            "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
            "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
            "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country ship-phone-number "
            "item-promotion-discount item-promotion-id ship-promotion-discount ship-promotion-id delivery-start-date "
            "delivery-end-date delivery-time-zone delivery-Instructions sales-channel earliest-ship-date latest-ship-date "
            "earliest-delivery-date latest-delivery-date is-business-order purchase-order-number price-designation is-prime "
            "tax-collection-model tax-collection-responsible-party"
        ).split()
    ),
    "pending_48": tuple(
        (
            "No order-id order-status order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number "
            "buyer-phone-number sku product-name quantity-purchased currency item-price item-tax shipping-price shipping-tax "
            "ship-service-level ship-service-name recipient-name ship-address-1 ship-address-2 ship-address-3 address-type "
            "ship-city ship-state ship-postal-code ship-country item-promotion-discount item-promotion-id ship-promotion-discount "
            "ship-promotion-id delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions sales-channel "
            "earliest-ship-date latest-ship-date earliest-delivery-date latest-delivery-date is-business-order "
            "purchase-order-number price-designation is-prime buyer-company-name signature-confirmation-recommended"
        ).split()
    ),
    "all_orders_28": tuple(
        (
            "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
            "order-channel ship-service-level product-name sku asin item-status quantity currency item-price item-tax "
            "shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city "
            "ship-state ship-postal-code ship-country promotion-ids"
        ).split()
    ),
    "flattened_33": tuple(
        (
            "AmazonOrderId EarliestShipDate SalesChannel OrderStatus NumberOfItemsShipped OrderType IsPremiumOrder IsPrime "
            "FulfillmentChannel NumberOfItemsUnshipped HasRegulatedItems IsReplacementOrder IsSoldByAB LatestShipDate "
            "ShipServiceLevel IsISPU MarketplaceId PurchaseDate IsAccessPointOrder SellerOrderId PaymentMethod IsBusinessOrder "
            "PaymentMethodDetails IsGlobalExpressEnabled LastUpdateDate ShipmentServiceLevelCategory BuyerInfo.BuyerEmail "
            "ShippingAddress.StateOrRegion ShippingAddress.PostalCode ShippingAddress.CountryCode OrderTotal.CurrencyCode "
            "OrderTotal.Amount ShippingAddress.City"
        ).split()
    ),
    "new_orders_29_2009": tuple(
        (
            "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
            "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
            "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "ship-phone-number delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions"
        ).split()
    ),
    "new_orders_30": tuple(
        (
            "order-id order-item-id purchase-date payments-date buyer-email buyer-name buyer-phone-number sku product-name "
            "quantity-purchased currency item-price item-tax shipping-price shipping-tax ship-service-level recipient-name "
            "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country "
            "ship-phone-number delivery-start-date delivery-end-date delivery-time-zone delivery-Instructions sales-channel"
        ).split()
    ),
    "all_orders_91": tuple(
        (
            "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
            "order-channel url ship-service-level product-name sku asin number-of-items item-status tax-collection-model "
            "tax-collection-responsible-party quantity currency item-price item-tax shipping-price shipping-tax "
            "gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount address-type ship-city ship-state "
            "ship-postal-code ship-country promotion-ids payment-method-details item-extensions-data is-business-order "
            "purchase-order-number price-designation fulfilled-by buyer-company-name buyer-cst-number buyer-vat-number "
            "buyer-tax-registration-id buyer-tax-registration-country buyer-tax-registration-type customized-url "
            "customized-page is-heavy-or-bulky is-replacement-order is-exchange-order original-order-id is-amazon-invoiced "
            "vat-exclusive-item-price vat-exclusive-shipping-price vat-exclusive-giftwrap-price licensee-name license-number "
            "license-state license-expiration-date is-iba buyer-citizen-name buyer-citizen-id is-transparency "
            "default-ship-from-address-name default-ship-from-address-field-1 default-ship-from-address-field-2 "
            "default-ship-from-address-field-3 default-ship-from-city default-ship-from-state default-ship-from-country "
            "default-ship-from-postal-code actual-ship-from-address-name actual-ship-from-address-field-1 "
            "actual-ship-from-address-field-2 actual-ship-from-address-field-3 actual-ship-from-city actual-ship-from-state "
            "actual-ship-from-country actual-ship-from-postal-code is-ispu-order store-chain-store-id is-pickup-point-order "
            "pickup-point-type is-buyer-requested-cancellation buyer-requested-cancel-reason ioss-number order-invoice-type "
            "invoice-business-legal-name invoice-business-address invoice-business-tax-id invoice-business-tax-office"
        ).split()
    ),
    "archived_34": tuple(
        (
            "amazon-order-id merchant-order-id purchase-date last-updated-date order-status fulfillment-channel sales-channel "
            "order-channel url ship-service-level product-name sku asin item-status quantity currency item-price item-tax "
            "shipping-price shipping-tax gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount "
            "ship-country ship-promotion-id promotion-ids is-business-order purchase-order-number price-designation "
            "customized-url customized-page is-heavy-or-bulky is-replacement-order"
        ).split()
    ),
    "fba_48": tuple(
        (
            "amazon-order-id merchant-order-id shipment-id shipment-item-id amazon-order-item-id merchant-order-item-id "
            "purchase-date payments-date shipment-date reporting-date buyer-email buyer-name buyer-phone-number sku "
            "product-name quantity-shipped currency item-price item-tax shipping-price shipping-tax gift-wrap-price "
            "gift-wrap-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city "
            "ship-state ship-postal-code ship-country ship-phone-number bill-address-1 bill-address-2 bill-address-3 "
            "bill-city bill-state bill-postal-code bill-country item-promotion-discount ship-promotion-discount carrier "
            "tracking-number estimated-arrival-date fulfillment-center-id fulfillment-channel sales-channel"
        ).split()
    ),
    "fba_49": tuple(
        (
            "amazon-order-id merchant-order-id shipment-id shipment-item-id amazon-order-item-id merchant-order-item-id "
            "purchase-date payments-date shipment-date reporting-date buyer-email buyer-name buyer-phone-number sku "
            "product-name quantity-shipped currency item-price item-tax shipping-price shipping-tax gift-wrap-price "
            "gift-wrap-tax ship-service-level recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city "
            "ship-state ship-postal-code ship-country ship-phone-number bill-address-1 bill-address-2 bill-address-3 "
            "bill-city bill-state bill-postal-code bill-country item-promotion-discount ship-promotion-discount carrier "
            "tracking-number estimated-arrival-date fulfillment-center-id fulfillment-channel sales-channel points-granted"
        ).split()
    ),
    "pending_report_7": ("order-id", "order-item-id", "purchase-date", "sku", "product-name", "quantity-purchased", "payment-type"),
}
