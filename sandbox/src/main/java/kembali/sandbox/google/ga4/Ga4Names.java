package kembali.sandbox.google.ga4;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that mean something in GA4. */
final class Ga4Names {
    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    static final int LONGEST_NAME = 40;

    static final Set<String> RESERVED_EVENTS = words("""
            ad_activeview ad_click ad_exposure ad_impression ad_query ad_reward adunit_exposure app_clear_data
            app_exception app_install app_remove app_store_refund app_store_subscription_cancel
            app_store_subscription_convert app_store_subscription_renew app_update app_upgrade dynamic_link_app_open
            dynamic_link_app_update dynamic_link_first_open error firebase_campaign firebase_in_app_message_action
            firebase_in_app_message_dismiss firebase_in_app_message_impression first_open first_visit in_app_purchase
            notification_dismiss notification_foreground notification_open notification_receive notification_send
            os_update screen_view session_start user_engagement""");

    static final Set<String> RECOMMENDED_EVENTS = words("""
            add_payment_info add_shipping_info add_to_cart add_to_wishlist begin_checkout close_convert_lead
            close_unconvert_lead disqualify_lead earn_virtual_currency generate_lead join_group level_end level_start
            level_up login post_score purchase qualify_lead refund remove_from_cart search select_content select_item
            select_promotion share sign_up spend_virtual_currency tutorial_begin tutorial_complete unlock_achievement
            view_cart view_item view_item_list view_promotion view_search_results working_lead page_view""");

    static final Set<String> RESERVED_USER_PROPERTIES =
            words("first_open_time first_visit_time first_open_after_install last_deep_link_referrer user_id");

    static final Set<String> ITEM_PARAMS = words("""
            item_id item_name affiliation coupon creative_name creative_slot discount index item_brand item_category
            item_category2 item_category3 item_category4 item_category5 item_list_id item_list_name item_variant
            location_id price promotion_id promotion_name quantity google_business_vertical""");

    /** Longer than the usual 100 characters; the sheet could not confirm them. */
    static final Set<String> LONG_PARAMS = words("page_title page_referrer page_location");

    private static final List<String> RESERVED_PREFIXES = List.of("_", "firebase_", "ga_", "google_", "gtag.");

    private Ga4Names() {}

    static boolean reservedPrefix(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    /** {@code Purchase} instead of {@code purchase}: a custom event that counts for nothing. */
    static boolean wrongCase(String name) {
        return !RECOMMENDED_EVENTS.contains(name) && RECOMMENDED_EVENTS.contains(name.toLowerCase(Locale.ROOT));
    }

    static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
