package kembali.capture.rotator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * How many chats an agent was given today in one rotator, and whether there may be one more. A place is
 * taken when the agent is chosen, so that simultaneous clicks never exceed the cap, and settled when
 * the click is stored.
 */
final class DailyCap {
    private final ZoneId zone;
    private LocalDate day = LocalDate.MIN;
    private long dayEndsMs = Long.MIN_VALUE;
    private long given;
    private int underWay;
    private int most;

    /** @param zone whose midnight begins a new day */
    DailyCap(int most, ZoneId zone) {
        this.most = most;
        this.zone = zone;
    }

    ZoneId zone() {
        return zone;
    }

    /** The cap was changed; what is counted stays. */
    synchronized void allow(int chats) {
        most = chats;
    }

    /** The day it is for the agent. */
    synchronized LocalDate today(long nowMs) {
        if (nowMs >= dayEndsMs) {
            day = LocalDate.ofInstant(Instant.ofEpochMilli(nowMs), zone);
            dayEndsMs = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
            given = 0;
        }
        return day;
    }

    synchronized boolean isFull(long nowMs) {
        today(nowMs);
        return given + underWay >= most;
    }

    /** Takes a place, if there is one. */
    synchronized boolean take(long nowMs) {
        if (isFull(nowMs)) {
            return false;
        }
        underWay++;
        return true;
    }

    /** Says what became of a place. @param on the day it was taken; @param chat false gives it back */
    synchronized void settle(LocalDate on, boolean chat) {
        underWay--;
        if (chat && on.equals(day)) {
            given++;
        }
    }

    /** What the store has counted: after a start, and of other nodes. */
    synchronized void know(LocalDate on, long stored) {
        if (on.equals(day)) {
            given = Math.max(given, stored);
        }
    }

    /** The first moment of the agent's next day. */
    synchronized Instant tomorrow(long nowMs) {
        today(nowMs);
        return Instant.ofEpochMilli(dayEndsMs);
    }
}
