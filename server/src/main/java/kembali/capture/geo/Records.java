package kembali.capture.geo;

import com.maxmind.db.MaxMindDbParameter;
import java.util.List;
import kembali.identity.Place;
import org.jspecify.annotations.Nullable;

/**
 * The two layouts of records we read, each with only the members we use: the reader skips the others unread.
 * Their constructors are public because the reader calls them.
 */
final class Records {
    private static final int LONGEST = 200;

    private Records() {}

    /** One record of a database, in whatever layout. */
    public interface Located {
        Place place();
    }

    /** MaxMind's layout (GeoLite2, GeoIP2, DB-IP): objects with names in several languages. */
    public record Nested(
            @MaxMindDbParameter(name = "country") @Nullable Country country,

            @MaxMindDbParameter(name = "subdivisions") @Nullable List<Subdivision> subdivisions,

            @MaxMindDbParameter(name = "city") @Nullable City city,
            @MaxMindDbParameter(name = "postal") @Nullable Postal postal,
            @MaxMindDbParameter(name = "location") @Nullable Location location)
            implements Located {
        @Override
        public Place place() {
            Subdivision region = subdivisions == null || subdivisions.isEmpty() ? null : subdivisions.getFirst();
            return new Place(
                    country == null ? null : text(country.isoCode),
                    region == null || region.names == null ? null : text(region.names.english),
                    region == null ? null : text(region.isoCode),
                    city == null || city.names == null ? null : text(city.names.english),
                    postal == null ? null : text(postal.code),
                    location == null ? null : text(location.timezone));
        }
    }

    public record Country(
            @MaxMindDbParameter(name = "iso_code") @Nullable String isoCode) {}

    public record Subdivision(
            @MaxMindDbParameter(name = "iso_code") @Nullable String isoCode,
            @MaxMindDbParameter(name = "names") @Nullable Names names) {}

    public record City(
            @MaxMindDbParameter(name = "names") @Nullable Names names) {}

    public record Names(
            @MaxMindDbParameter(name = "en") @Nullable String english) {}

    public record Postal(
            @MaxMindDbParameter(name = "code") @Nullable String code) {}

    public record Location(
            @MaxMindDbParameter(name = "time_zone") @Nullable String timezone) {}

    /** The flat layout of the free collections: one text a member. */
    public record Flat(
            @MaxMindDbParameter(name = "country_code") @Nullable String countryCode,

            @MaxMindDbParameter(name = "state1") @Nullable String region,
            @MaxMindDbParameter(name = "city") @Nullable String city,
            @MaxMindDbParameter(name = "postcode") @Nullable String postalCode,
            @MaxMindDbParameter(name = "timezone") @Nullable String timezone)
            implements Located {
        @Override
        public Place place() {
            return new Place(text(countryCode), text(region), null, text(city), text(postalCode), text(timezone));
        }
    }

    private static @Nullable String text(@Nullable String text) {
        return text == null || text.isBlank() || text.length() > LONGEST ? null : text.strip();
    }
}
