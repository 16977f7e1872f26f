package kembali.demo.sample;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;

/** How a lead comes to be. */
public sealed interface Beginning {
    /** By a tap on a rotator link; the visits of the story say which. */
    record Tapped() implements Beginning {}

    /**
     * Sent to the API by a form, a call centre or an import.
     *
     * @param lead the body, members as the API names them
     * @param person who it is, as far as the body says it in a way that can be read
     * @param clicks whose ads it shows a click on, of the person's own
     * @param tags whose tag it names the browser's id of: Google's client id, TikTok's {@code ttp}
     * @param chat the chat it is; null for another way of coming
     * @param seen whether it tells page, address and browser
     * @param denied whether it says that consent was refused
     * @param how which request carries it
     */
    record Submitted(
            Map<String, Object> lead,
            Person person,
            Set<Network> clicks,
            Set<Network> tags,
            @Nullable Chat chat,
            boolean seen,
            boolean denied,
            How how)
            implements Beginning {
        public Submitted {
            lead = Map.copyOf(lead);
            clicks = Set.copyOf(clicks);
            tags = Set.copyOf(tags);
        }
    }

    /** Not at all: the person looked at pages and went away. */
    record Looked() implements Beginning {}

    /** A page of the shop says who its visitor is, by the tracker. */
    record Named() implements Beginning {}

    /** By a WhatsApp message of somebody nobody knew: the first one of the story. */
    record Wrote() implements Beginning {}

    /**
     * By the form on the shop's page, posted by the person's browser.
     *
     * @param fields by the names of the page's inputs, without what the tracker fills in
     * @param headers of the browser, cookies excepted
     * @param person who it is, by what was typed
     * @param times how often it is sent: twice by an impatient finger
     */
    record Filled(Map<String, String> fields, Map<String, String> headers, Person person, int times)
            implements Beginning {
        public Filled {
            fields = Map.copyOf(fields);
            headers = Map.copyOf(headers);
        }
    }

    /**
     * By what a partner network reports of a click on its campaign link; somebody of whom it reports nothing useful is no
     * lead.
     */
    record Reported(Click click, List<Postback> postbacks) implements Beginning {
        public Reported {
            postbacks = List.copyOf(postbacks);
        }

        /** Whether anything of it makes a lead. */
        boolean books() {
            return postbacks.stream().anyMatch(Postback::books);
        }
    }

    /**
     * A click on the campaign link.
     *
     * @param query of the link, encoded, without {@code ?}
     * @param headers of the browser, cookies excepted
     * @param evidence what it brings that shows an ad click, by whose ad
     */
    record Click(String query, Map<String, String> headers, Map<Network, Evidence> evidence) {
        public Click {
            headers = Map.copyOf(headers);
            evidence = Map.copyOf(evidence);
        }
    }

    /** The request a submitted lead travels in. */
    enum How {
        /** One {@code POST /leads}. */
        ALONE,
        /** The same, sent a second time with the same idempotency key, as a client does after a timeout. */
        ALONE_TWICE,
        /** One row of {@code POST /leads/bulk}. */
        BULK
    }
}
