package kembali;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import kembali.support.Settings;

/** Starts the server; a wrong setting stops it with one line before anything else happens. */
@QuarkusMain
public final class Main {
    private static final int WRONG_SETTING = 2;

    private Main() {}

    public static void main(String... args) {
        if (args.length > 0) {
            System.exit(Maintenance.run(args));
        }
        try {
            Settings settings = Settings.fromEnvironment();
            System.setProperty("quarkus.http.host", settings.host());
            System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
        } catch (Settings.InvalidSettingException e) {
            System.err.println("kembali: " + e.getMessage());
            System.exit(WRONG_SETTING);
        }
        Quarkus.run(args);
    }
}
