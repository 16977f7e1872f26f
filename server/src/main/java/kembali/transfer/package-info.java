/**
 * Files in: whole data sets that people bring from other systems, taken as jobs that survive a restart, tell how far they
 * are, and say of every row they did not take what is wrong with it.
 *
 * <p>Here are the jobs: taking a file in, working through it politely beside the capture of clicks, and its report. How CSV
 * is written is {@code csv}, which column is what {@code column}, what a row means {@code row}. What is done with a row is a
 * command of {@code intake}, as if it had come by the API.
 *
 * <p>Limit that shapes the code: a million rows within the server's memory, so nothing of a file is kept but the rows at
 * hand. How far a job is is stored in the transaction of its rows, so that none is taken twice.
 */
@NullMarked
package kembali.transfer;

import org.jspecify.annotations.NullMarked;
