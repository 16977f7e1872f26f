package kembali;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import kembali.support.Settings;

/** What exists before anything is opened: the settings and the clock. Filters are made that early. */
@Singleton
public class ProcessBeans {
    @Produces
    @Singleton
    Settings settings() {
        return Settings.fromEnvironment();
    }

    /** In milliseconds, as the database keeps instants: an answer says what a later read will say. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
