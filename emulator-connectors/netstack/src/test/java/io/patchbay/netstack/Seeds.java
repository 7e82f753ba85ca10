package io.patchbay.netstack;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * Random input for tests, the same in each run. A failure names the seed that it comes from; {@code
 * -Dpatchbay.seed=N} runs with that one alone, {@code -Dpatchbay.seeds=N} with so many times as
 * many.
 */
public final class Seeds {
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  // Where parsers go wrong more often than in the middle.
  private static final long[] EDGES = {
    0, 1, -1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32
  };

  private Seeds() {}

  /** Runs a test with that many different generators. */
  public static void each(int count, Consumer<RandomGenerator> test) {
    Long one = Long.getLong("patchbay.seed");
    long runs = (long) count * Integer.getInteger("patchbay.seeds", 1);
    LongStream seeds = one == null ? LongStream.range(0, runs) : LongStream.of(one);
    seeds.forEach(
        seed -> {
          try {
            test.accept(RANDOM.create(seed));
          } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("with -Dpatchbay.seed=" + seed + ": " + failed, failed);
          }
        });
  }

  /** Up to {@code max} octets: random ones, or one octet over and over. */
  public static byte[] octets(RandomGenerator random, int max) {
    byte[] octets = new byte[random.nextInt(max + 1)];
    if (random.nextInt(4) == 0) {
      Arrays.fill(octets, (byte) number(random));
    } else {
      random.nextBytes(octets);
    }
    return octets;
  }

  /** Any number, those at the edges of what types hold more often. */
  public static long number(RandomGenerator random) {
    return random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextLong();
  }

  /** A text of some of these characters. */
  public static String text(RandomGenerator random, String characters, int max) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(max + 1); length > 0; length--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
