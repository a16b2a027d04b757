from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("items", "0003_writer")]

    operations: ClassVar = [
        migrations.AlterField(
            "change",
            "kind",
            models.CharField(
                choices=[
                    ("correction", "Correction"),
                    ("repeal", "Repeal"),
                    ("withdrawal", "Withdrawal"),
                    ("republication", "Published again"),
                ],
                max_length=20,
            ),
        ),
    ]
