import pytest, sys
from tests.stories.seller import Seller
from tests.stories import test_outcome as t
def test_dbg(seller):
    orders=t.alarm(seller); t.enters(seller,"2016-09-13 02:28",late=1); t.excluded(seller)
    orders[4] = orders[4].but(cancel_requested=True, updated="2016-09-13T11:00:00Z")
    seller.drops_orders(orders, seen="2016-09-13 20:10"); seller.flags("2016-09-13 20:12")
    orders[4] = orders[4].but(status="CANCELLED", ship_by="1970-01-01", cancelled_by="MERCHANT", updated="2016-09-13T11:20:00Z")
    seller.drops_orders(orders, seen="2016-09-13 20:25"); seller.flags("2016-09-13 20:30")
    t.enters(seller,"2016-09-14 09:00",late=0)
    print(seller.checks("2016-09-14 09:05")["sources"])
    import json
    print(json.dumps(t.case(seller,"2016-09-14 09:06")["promise"],indent=1)); print([s["event"] for s in t.case(seller,"2016-09-14 09:06")["timeline"]])
    from datetime import datetime,UTC
    from watchdog.settings import load
    from watchdog import assemble
    h=assemble.house(load(),create=False)
    with h.store.reading() as tx:
        from watchdog.store import journal
        print(journal.mark(tx,"promises"))
        p=h.patrol.judgement.promises
        print(list(p._of_place(tx,h.account.home.id,datetime(2016,9,14,0,5,tzinfo=UTC))))
    assert 0
