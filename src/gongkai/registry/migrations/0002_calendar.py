import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gongkai.registry.calendars.seeding import store_first_version


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    store_first_version(
        apps.get_model("registry", "CalendarVersion"),
        apps.get_model("registry", "CalendarDay"),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("area", models.CharField(blank=True, max_length=255)),
                ("years", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("made_by_id", models.PositiveBigIntegerField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("token", models.CharField(max_length=64, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField()),
                ("is_working", models.BooleanField()),
                ("source", models.CharField(max_length=200)),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="registry.calendarversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "day"), name="calendar_day_once_a_version"
                    )
                ],
            },
        ),
        # Backwards, the tables go with their rows.
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
