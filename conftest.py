pytest_plugins = ["gongkai.testing.plugin"]
