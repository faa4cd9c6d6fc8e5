"""The same list page in Django: same columns, same sums, same SQLite file. Used by `cargo xtask bench -- peer` only.

Written as one would write it well: indexed columns, `values_list`, one `aggregate`, no ORM objects, a compiled template.
"""
import os
from datetime import date

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["PEER_DB"], "CONN_MAX_AGE": None}},
    DEBUG=False,
    ROOT_URLCONF=__name__,
    SECRET_KEY="bench",
)
django.setup()

from django.db import models  # noqa: E402
from django.db.models import Count, Q, Sum  # noqa: E402


class Project(models.Model):
    id = models.TextField(primary_key=True)
    number = models.BigIntegerField()
    area_code = models.TextField()
    area_path = models.TextField()
    name = models.TextField()
    category = models.TextField(null=True)
    stage = models.TextField()
    start_month = models.TextField(null=True)
    total_fen = models.BigIntegerField(null=True)
    stated_issued_fen = models.BigIntegerField(null=True)
    stated_received_fen = models.BigIntegerField(null=True)
    stated_paid_fen = models.BigIntegerField(null=True)
    labour_pay_fen = models.BigIntegerField(null=True)
    households = models.BigIntegerField(null=True)
    people = models.BigIntegerField(null=True)
    jobs_construction = models.BigIntegerField(null=True)
    jobs_operation = models.BigIntegerField(null=True)
    posts = models.BigIntegerField(null=True)
    updated_at = models.BigIntegerField()

    class Meta:
        app_label = "peer"
        db_table = "project"
        managed = False


class Entry(models.Model):
    project = models.OneToOneField(Project, models.DO_NOTHING, primary_key=True, db_column="project_id")
    plan_year = models.BigIntegerField()
    horizon = models.TextField()
    area_path = models.TextField()
    number = models.BigIntegerField()
    category = models.TextField()
    stage = models.TextField()

    class Meta:
        app_label = "peer"
        db_table = "list_entry"
        managed = False


class Amount(models.Model):
    project = models.ForeignKey(Project, models.DO_NOTHING, db_column="project_id", primary_key=True)
    kind = models.TextField()
    key = models.TextField()
    fen = models.BigIntegerField()

    class Meta:
        app_label = "peer"
        db_table = "project_amount"
        managed = False


SUMS = [
    "total_fen", "stated_issued_fen", "stated_received_fen", "stated_paid_fen", "labour_pay_fen",
    "households", "people", "jobs_construction", "jobs_operation", "posts",
]
COLUMNS = ["project__number", "project__name", "project__area_code", "category", "stage", "project__total_fen",
           "project__posts", "project__start_month", "project__updated_at"]
TEMPLATE = Engine().from_string("""<!doctype html><html lang="zh-CN"><title>list</title><table>
<tr>{% for n in tabs %}<th>{{ n.horizon }} {{ n.n }}</th>{% endfor %}</tr>
<tr><td>{{ count }}</td>{% for sum in sums %}<td>{{ sum }}</td>{% endfor %}{% for a in amounts %}<td>{{ a.key }} {{ a.fen }}</td>{% endfor %}</tr>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</table></html>""")


def page(request):
    year = date.today().year
    entries = Entry.objects.filter(plan_year=year)
    if area := request.GET.get("area"):
        entries = entries.filter(area_path__gte=area, area_path__lt=area[:-1] + "0")
    if category := request.GET.get("category"):
        entries = entries.filter(category__in=category.split(","))
    if stage := request.GET.get("stage"):
        entries = entries.filter(stage=stage)
    tabs = entries.values("horizon").annotate(n=Count("pk"))
    entries = entries.filter(horizon=request.GET.get("list", "1y"))
    sums = entries.aggregate(n=Count("pk"), **{name: Sum("project__" + name) for name in SUMS})
    amounts = Amount.objects.filter(project__in=entries.values("project_id")).values("kind", "key").annotate(fen=Sum("fen"))
    rows = entries.order_by("area_path", "number").values_list(*COLUMNS)[:50]
    context = {"tabs": tabs, "count": sums.pop("n"), "sums": sums.values(), "amounts": amounts, "rows": rows}
    return HttpResponse(TEMPLATE.render(Context(context)))


urlpatterns = [path("projects", page)]
application = get_wsgi_application()
