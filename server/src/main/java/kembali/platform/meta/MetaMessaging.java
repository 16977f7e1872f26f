package kembali.platform.meta;

import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Origin;
import kembali.platform.meta.MetaUserData.MatchKey;
import org.jspecify.annotations.Nullable;

/**
 * What is special about people who came by a click-to-WhatsApp ad: which of their events are told as business messaging,
 * and whom Meta is told about.
 */
final class MetaMessaging {
    /** Requests of this route go to the dataset for messaging. */
    static final String ROUTE = "messaging";

    /** Before the WhatsApp account of a route whose account has a dataset of its own. */
    private static final String ROUTE_OF = ROUTE + ":";

    private MetaMessaging() {}

    static boolean isRoute(String route) {
        return route.equals(ROUTE) || route.startsWith(ROUTE_OF);
    }

    /**
     * Events of accounts with a dataset each never share a request.
     *
     * @param ofNumber the WhatsApp account of the number the person writes with, null when unknown
     */
    static String route(@Nullable String ofNumber, MetaSettings settings) {
        String account = filled(ofNumber, settings.whatsappBusinessAccountId());
        return account != null && settings.messagingDatasets().containsKey(account) ? ROUTE_OF + account : ROUTE;
    }

    /** The dataset that serves a route today, whatever it was when the event was decided. */
    static String dataset(String route, MetaSettings settings) {
        String own = route.startsWith(ROUTE_OF)
                ? settings.messagingDatasets().get(route.substring(ROUTE_OF.length()))
                : null;
        return own != null ? own : settings.messagingDataset();
    }

    /** The ad click an event is told to Meta by, or null when it is told like any other. */
    static @Nullable ClickId click(ClickIds clicks, Origin origin) {
        ClickId click = clicks.get(ClickIds.CTWA_CLID);
        if (click == null || click.shared() || click.value().isBlank()) {
            return null;
        }
        return switch (origin) {
            case CHAT, CRM -> click;
            // Meta wants what happened on a page as a website event, even of a person whom such an ad brought. An
            // affiliate network reports what happened on a page, too.
            case WEB, POSTBACK -> null;
        };
    }

    /**
     * Whom the event is about: the click, and beside it only what Meta is known to take. Null when nobody said to which
     * WhatsApp account, or page, the click belongs.
     */
    static @Nullable MetaUserData userData(ConversionEvent event, ClickId click, MetaSettings settings) {
        MetaUserData user = new MetaUserData();
        // The number the person writes with decides: a business may have numbers under several accounts.
        String account = filled(event.whatsappAccountId(), settings.whatsappBusinessAccountId());
        if (account != null) {
            user.owner("whatsapp_business_account_id", account);
        } else if (settings.pageId() != null) {
            user.owner("page_id", settings.pageId());
        } else {
            return null;
        }
        user.plain(MatchKey.CTWA_CLID, click.value());
        user.hash(MatchKey.EM, MetaIdentity.hashed(event.person().email(), MetaIdentity::email));
        user.hash(MatchKey.PH, MetaIdentity.phone(event.person()));
        return user;
    }

    private static @Nullable String filled(@Nullable String first, @Nullable String otherwise) {
        return first != null && !first.isBlank() ? first.strip() : otherwise;
    }
}
