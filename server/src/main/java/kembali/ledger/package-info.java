/**
 * What postbacks left behind: conversion rows with their history ({@link kembali.ledger.ConversionRows}), the log of what
 * was received ({@link kembali.ledger.ReceivedPostbacks}), the names of requests by which their twins are known
 * ({@link kembali.ledger.Fingerprints}), what is run again ({@link kembali.ledger.DuePostbacks}), and figures of a
 * source's days ({@link kembali.ledger.SourceDays}).
 *
 * <p>Not here: what a postback says and does ({@code kembali.postback}), and the transaction that does it
 * ({@code kembali.intake.PostbackReceived}). Limit that shapes the code: a network calls eleven thousand times a second,
 * so rows of a group are written together and only what booked nothing keeps its contents.
 */
@NullMarked
package kembali.ledger;

import org.jspecify.annotations.NullMarked;
