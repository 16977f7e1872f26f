package kembali.intake;

import kembali.testing.TestDatabase;

class PostgresCampaignClickTest extends CampaignClickContract {
    @Override
    TestDatabase freshDatabase() {
        return TestDatabase.postgres();
    }
}
