from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            "user",
            "temporary_until",
            models.DateTimeField(blank=True, null=True),
        ),
    ]
