package io.patchbay.server.auth;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: {@code algorithm:iterations:salt:hash}, salt and hash in Base64, which
 * is the format of Jakarta Security's {@code Pbkdf2PasswordHash}. Not that class itself, because it
 * is there inside a server only and hashes must be made without one.
 */
public record PasswordHash(String algorithm, int iterations, byte[] salt, byte[] hash) {
  private static final Set<String> ALGORITHMS =
      Set.of("PBKDF2WithHmacSHA256", "PBKDF2WithHmacSHA384", "PBKDF2WithHmacSHA512");
  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final int ITERATIONS = 210_000;
  private static final int FEWEST = 100_000;
  private static final int MOST = 10_000_000;
  private static final int SHORTEST = 16;
  private static final int LONGEST = 64;

  /** Fields of the format. */
  static final int FIELDS = 4;

  /**
   * Makes the hash of a password, with a salt of its own.
   *
   * @param iterations how often the function is repeated; {@link #of(String)} knows a good number
   */
  static PasswordHash of(String password, int iterations) {
    byte[] salt = new byte[LONGEST / 2];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(
        ALGORITHM,
        iterations,
        salt,
        derive(ALGORITHM, iterations, salt, LONGEST, password.toCharArray()));
  }

  public static PasswordHash of(String password) {
    return of(password, ITERATIONS);
  }

  /**
   * @throws IllegalArgumentException if it is not in the format or is too weak
   */
  public static PasswordHash parse(String text) {
    String[] fields = text.strip().split(":", -1);
    if (fields.length != FIELDS || !ALGORITHMS.contains(fields[0])) {
      throw new IllegalArgumentException(
          "a password hash has the form algorithm:iterations:salt:hash with one of " + ALGORITHMS);
    }
    int iterations = Integer.parseInt(fields[1]);
    byte[] salt = Base64.getDecoder().decode(fields[2]);
    byte[] hash = Base64.getDecoder().decode(fields[3]);
    if (iterations < FEWEST || iterations > MOST) {
      throw new IllegalArgumentException(
          "a password hash has " + FEWEST + " to " + MOST + " iterations");
    }
    if (salt.length < SHORTEST || hash.length < SHORTEST || hash.length > LONGEST) {
      throw new IllegalArgumentException("the salt or the hash is too short or too long");
    }
    return new PasswordHash(fields[0], iterations, salt, hash);
  }

  /** Whether it is the hash of this password; takes a noticeable part of a second by intention. */
  boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(algorithm, iterations, salt, hash.length, password));
  }

  private static byte[] derive(
      String algorithm, int iterations, byte[] salt, int length, char[] password) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } finally {
      spec.clearPassword();
    }
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        ":",
        algorithm,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  /** A hash is a secret too. */
  @Override
  public String toString() {
    return algorithm + ":" + iterations;
  }

  /** Asks for a password, or reads a line of the standard input, and prints its hash. */
  public static void main(String... none) throws IOException {
    System.out.println(of(read()).text());
  }

  private static String read() throws IOException {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] first = console.readPassword("Password: ");
      char[] second = console.readPassword("Again: ");
      if (first == null || first.length == 0 || !Arrays.equals(first, second)) {
        throw new IOException("The passwords differ, or there is none");
      }
      return new String(first);
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (line == null || line.isEmpty()) {
      throw new IOException("There is no password on the standard input");
    }
    return line;
  }
}
