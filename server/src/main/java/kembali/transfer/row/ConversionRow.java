package kembali.transfer.row;

import java.time.Instant;
import kembali.postback.Postback;
import kembali.postback.StatusMeaning;

/**
 * A conversion that another system booked.
 *
 * @param postback as if a network had reported it; it says no time of its own
 * @param meaning of its status
 * @param at when it happened: for whoever books it, the time of receipt
 * @param report whether platforms are told of it
 */
public record ConversionRow(int workspaceId, Postback postback, StatusMeaning meaning, Instant at, boolean report) {}
