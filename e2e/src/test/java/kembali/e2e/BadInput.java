package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import kembali.e2e.Http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Something the management API refuses.
 *
 * @param body may hold names in braces, as may the path
 * @param fields {@code errors[].field}, in any order
 */
record BadInput(
        String what, String method, String path, @Nullable String body, List<String> fields) {
    /**
     * Sends it and sees it refused by the names of its fields, with nothing stored.
     *
     * @param names what stands for what is in braces
     * @param watched lists that stay as they were
     */
    void isRefused(Api api, Map<String, String> names, List<String> watched) {
        List<JsonNode> before = stored(api, watched);
        String sentPath = path;
        String sentBody = body;
        for (var name : names.entrySet()) {
            sentPath = sentPath.replace("{" + name.getKey() + "}", name.getValue());
            sentBody = sentBody == null ? null : sentBody.replace("{" + name.getKey() + "}", name.getValue());
        }
        Answer answer = api.send(method, sentPath, sentBody, Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        List<JsonNode> errors = Json.list(answer.json().path("errors"));
        assertThat(Json.each(errors, "field")).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(Json.each(errors, "message")).noneMatch(String::isBlank);
        assertThat(stored(api, watched)).isEqualTo(before);
    }

    private static List<JsonNode> stored(Api api, List<String> watched) {
        return watched.stream().map(list -> api.get(list).expect(200)).toList();
    }

    @Override
    public String toString() {
        return what;
    }
}
