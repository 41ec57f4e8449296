"""
What Amazon calls the columns of its order reports: our name -> Amazon's names, the first that is there counts (columns.md).
"""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, ...]] = {
    "order_id": ("order-id", "amazon-order-id", "amazonorderid"),
    "item_id": ("order-item-id", "amazon-order-item-id"),
    "sku": ("sku", "seller-sku"),
    "asin": ("asin",),
    "purchased": ("purchase-date", "purchasedate"),
    "ship_by": ("promise-date", "expected-ship-date", "latest-ship-date", "latestshipdate"),
    "reported": ("reporting-date",),
    "shipped": ("quantity-shipped", "numberofitemsshipped"),
    "to_ship": ("quantity-to-ship", "numberofitemsunshipped"),
    "status": ("order-status", "orderstatus"),
    "order_type": ("order-type", "ordertype"),
    "payment": ("payment-method", "paymentmethod"),
    "cancel": ("is-buyer-requested-cancellation", "is-buyer-requested-cancelation"),
    "channel": ("sales-channel", "saleschannel"),
    "marketplace": ("marketplaceid", "marketplace-id"),
    "name": ("recipient-name",),
    "street_1": ("ship-address-1",),
    "street_2": ("ship-address-2",),
    "street_3": ("ship-address-3",),
    "city": ("ship-city", "shippingaddress.city"),
    "state": ("ship-state", "shippingaddress.stateorregion"),
    "postal_code": ("ship-postal-code", "shippingaddress.postalcode"),
    "country": ("ship-country", "shippingaddress.countrycode"),
    "item_status": ("item-status",),
    "updated": ("last-updated-date", "lastupdatedate"),
    "email": ("buyer-email", "buyerinfo.buyeremail"),  #: only its domain is read, it names the marketplace
    "title": ("product-name",),
    "replacement": ("is-replacement-order", "isreplacementorder"),
    "exchange": ("is-exchange-order",),
    "fulfilled_by": ("fulfillment-channel", "fulfillmentchannel", "fulfilled-by"),
    "sourcing": ("納期回答期限日",),  #: only on sourcing-on-demand orders (取り寄せ)
}
UNWATCHED = frozenset({"email", "title", "replacement", "exchange", "fulfilled_by", "sourcing"})
#: Their cells make a row's digest.
WATCHED = tuple(name for name in COLUMNS if name not in UNWATCHED)
#: Cells that many rows have in common, read together.
SHARED = (
    "status", "item_status", "shipped", "to_ship", "order_type", "payment", "cancel", "ship_by",
    "replacement", "exchange", "fulfilled_by", "sourcing", "channel", "marketplace", "country",
)  # fmt: skip
ADDRESS = ("name", "street_1", "street_2", "street_3", "city", "state", "postal_code", "country")
