"""
What the account health metrics are called, and what is counted in each; Japanese and English side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.health import Metric
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

METRICS: Mapping[Metric, Said] = {
    Metric.LATE_SHIPMENT: Said("出荷遅延率", "late shipment rate"),
    Metric.CANCELLATION: Said("出荷前キャンセル率", "pre-fulfilment cancellation rate"),
    Metric.ORDER_DEFECT: Said("注文不良率", "order defect rate"),
    Metric.ORDER_DEFECT_AFN: Said("注文不良率（FBA）", "order defect rate (FBA)"),
    Metric.ON_TIME_DELIVERY: Said("期日内配送率", "on-time delivery rate"),
    Metric.UNIT_ON_TIME_DELIVERY: Said("期日内配送率（商品単位）", "on-time delivery rate by unit"),
    Metric.VALID_TRACKING: Said("追跡可能率", "valid tracking rate"),
    Metric.INVOICE_DEFECT: Said("請求書不備率", "invoice defect rate"),
    Metric.LISTING_POLICY: Said("出品ポリシー違反", "listing policy violations"),
    Metric.AUTHENTICITY: Said("真贋に関する購入者の苦情", "product authenticity complaints"),
    Metric.CONDITION: Said("商品の状態に関する購入者の苦情", "product condition complaints"),
    Metric.SAFETY: Said("安全性に関する購入者の苦情", "product safety complaints"),
    Metric.PROPERTY_RECEIVED: Said("知的財産権の侵害の申し立て", "intellectual property complaints"),
    Metric.PROPERTY_SUSPECTED: Said("知的財産権の侵害の疑い", "suspected intellectual property violations"),
    Metric.RESTRICTED: Said("制限対象商品のポリシー違反", "restricted product violations"),
    Metric.FOOD_SAFETY: Said("食品・商品の安全性の問題", "food and product safety issues"),
    Metric.OTHER_POLICY: Said("その他のポリシー違反", "other policy violations"),
    Metric.DOCUMENTS: Said("書類の提出依頼", "document requests"),
    Metric.WARNINGS: Said("警告", "warnings"),
    Metric.RATING: Said("アカウント健全性の評価", "account health rating"),
    Metric.ACCOUNT: Said("アカウントの状態", "account status"),
}

#: What one more of would bring the figure nearer to its limit; English for one and for many.
DEFECTS: Mapping[Metric, Said] = {
    Metric.LATE_SHIPMENT: Said("出荷遅延", "late shipment/late shipments"),
    Metric.CANCELLATION: Said("キャンセル", "cancellation/cancellations"),
    Metric.ORDER_DEFECT: Said("注文不良", "order defect/order defects"),
    Metric.ORDER_DEFECT_AFN: Said("注文不良", "order defect/order defects"),
    Metric.ON_TIME_DELIVERY: Said("配送の遅れ", "late delivery/late deliveries"),
    Metric.UNIT_ON_TIME_DELIVERY: Said("配送の遅れ", "late delivery/late deliveries"),
    Metric.VALID_TRACKING: Said("追跡できない出荷", "untracked shipment/untracked shipments"),
    Metric.INVOICE_DEFECT: Said("請求書の不備", "invoice defect/invoice defects"),
}

#: Amazon's own words for how something stands; unknown ones are shown as they are.
STATUSES: Mapping[str, Said] = {
    "GOOD": Said("良好", "good"),
    "BAD": Said("不良", "bad"),
    "NONE": Said("評価なし", "not rated"),
    "NORMAL": Said("正常", "normal"),
    "GREAT": Said("良好", "great"),
    "WARNED": Said("警告あり", "warned"),
    "AT_RISK": Said("リスクあり", "at risk"),
    "DEACTIVATED": Said("停止", "deactivated"),
    "SUSPENDED": Said("停止", "suspended"),
}
