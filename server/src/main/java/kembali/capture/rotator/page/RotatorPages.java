package kembali.capture.rotator.page;

import io.vertx.core.http.HttpServerResponse;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small pages a link shows instead of, or on the way to, a chat. */
public final class RotatorPages {
    private RotatorPages() {}

    /** When somebody is there again. @param week spans as texts by day; empty when somebody always is */
    public record Opening(ZonedDateTime next, Map<DayOfWeek, List<String>> week) {}

    /** For machines that draw link previews. @param imageUrl https, or null */
    public static void preview(
            HttpServerResponse response,
            Words words,
            String title,
            @Nullable String description,
            @Nullable String imageUrl,
            String url) {
        String says = description == null ? words.chatOnWhatsApp() : description;
        Html.send(
                response,
                200,
                words.language(),
                title,
                meta("og:title", title)
                        + meta("og:description", says)
                        + meta("og:type", "website")
                        + meta("og:url", url)
                        + (imageUrl == null ? "" : meta("og:image", imageUrl))
                        + "<meta name=\"twitter:card\" content=\""
                        + (imageUrl == null ? "summary" : "summary_large_image") + "\">",
                "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(says) + "</p>");
    }

    private static String meta(String property, String content) {
        return "<meta property=\"" + property + "\" content=\"" + Html.escape(content) + "\">";
    }

    /** A button into the chat, for browsers inside apps that open other apps on a tap only. */
    public static void chat(
            HttpServerResponse response, Words words, String title, String draft, String link, String otherLink) {
        Html.send(
                response,
                200,
                words.language(),
                title,
                "",
                "<h1>" + Html.escape(title) + "</h1><p>" + words.yourMessage() + "</p><blockquote>"
                        + Html.escape(draft) + "</blockquote><p><a class=\"button\" rel=\"noreferrer\" href=\""
                        + Html.escape(link) + "\">" + words.openWhatsApp() + "</a></p><p><a rel=\"noreferrer\" href=\""
                        + Html.escape(otherLink) + "\">" + words.otherWay() + "</a></p>");
    }

    /** No such link here. In both languages: nobody knows whose it is. */
    public static void notFound(HttpServerResponse response) {
        Html.send(
                response,
                404,
                "en",
                "Link not found",
                "",
                "<h1>Link not found</h1><p>This link does not exist (any more).</p><p lang=\"id\">Tautan ini tidak ditemukan.</p>");
    }

    /** A request a link does not take. */
    public static void refused(HttpServerResponse response, int status, String title) {
        Html.send(response, status, "en", title, "", "<h1>" + Html.escape(title) + "</h1>");
    }

    /** Nobody is there and no fallback number is configured. @param afterForm the person has left their details */
    public static void nobody(HttpServerResponse response, Words words, @Nullable Opening opening, boolean afterForm) {
        var body = new StringBuilder("<h1>" + words.nobodyTitle() + "</h1>");
        if (afterForm) {
            body.append("<p>").append(words.keptDetails()).append("</p>");
        }
        body.append("<p>").append(words.nobody()).append("</p>");
        if (opening != null) {
            body.append("<p>")
                    .append(Html.escape(words.nextOpening(opening.next)))
                    .append("</p>");
            if (!opening.week.isEmpty()) {
                hours(body, words, opening.week);
            }
        }
        Html.send(response, 200, words.language(), words.nobodyTitle(), "", body.toString());
    }

    private static void hours(StringBuilder body, Words words, Map<DayOfWeek, List<String>> week) {
        body.append("<h2>").append(words.hours()).append("</h2><table>");
        for (DayOfWeek day : DayOfWeek.values()) {
            List<String> spans = week.getOrDefault(day, List.of());
            body.append("<tr><th scope=\"row\">")
                    .append(Html.escape(day.getDisplayName(TextStyle.FULL_STANDALONE, words.locale())))
                    .append("</th><td>")
                    .append(
                            spans.isEmpty()
                                    ? words.closed()
                                    : spans.equals(List.of("00:00–24:00"))
                                            ? words.wholeDay()
                                            : Html.escape(String.join(", ", spans)))
                    .append("</td></tr>");
        }
        body.append("</table>");
    }

    /** Nothing could be stored. */
    public static void tryAgain(HttpServerResponse response) {
        response.putHeader("Retry-After", "2");
        Html.send(
                response,
                503,
                "en",
                "Please try again",
                "",
                "<h1>Please try again</h1><p>We are very busy; please open the link again.</p><p lang=\"id\">Silakan buka tautan ini lagi.</p>");
    }
}
