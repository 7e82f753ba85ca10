package io.patchbay.payara;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes the commands that Payara Micro is started with ({@code --prebootcommandfile}): those that
 * are the same everywhere, and those for HTTPS where {@code patchbay.https.port} is set. They hold
 * the password of the key store, so the file is its owner's only.
 */
public final class BootCommands {
  private static final String NETWORK = "set configs.config.server-config.network-config.";
  private static final String LISTENER =
      NETWORK + "network-listeners.network-listener.https-listener.";
  private static final String SSL = NETWORK + "protocols.protocol.https-listener.ssl.";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  /** What the server's reader of commands takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\$]+");

  /** What no reader takes for anything else, whatever its character set. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]+");

  private BootCommands() {}

  /**
   * @param arguments the file with the commands that are the same everywhere, and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    try {
      write(Path.of(arguments[0]), Path.of(arguments[1]), BootSettings.ofProcess())
          .ifPresent(System.out::println);
    } catch (IllegalStateException wrong) {
      System.err.println("Patchbay does not start: " + wrong.getMessage());
      System.exit(1);
    }
  }

  /**
   * @return what the administrator should know of HTTPS; empty where there is none
   * @throws IllegalStateException with a sentence for the administrator if the settings cannot be
   *     used
   */
  static Optional<String> write(Path common, Path target, BootSettings settings)
      throws IOException {
    List<String> commands = new ArrayList<>(Files.readAllLines(common));
    Optional<String> port = settings.value("patchbay.https.port");
    Optional<String> told = Optional.empty();
    if (port.isPresent()) {
      HttpsKeyStore store =
          keyStore(settings, target.toAbsolutePath().resolveSibling("https-key.p12"));
      commands.addAll(https(List.copyOf(commands), port.get(), host(settings), store));
      told =
          Optional.of(
              "HTTPS at https://%s:%s, its certificate has the SHA-256 fingerprint %s"
                  .formatted(host(settings), port.get(), store.fingerprint()));
    }
    Files.deleteIfExists(target);
    Files.createFile(target, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.write(target, commands, StandardOpenOption.WRITE);
    return told;
  }

  private static String host(BootSettings settings) {
    return settings.value("patchbay.https.host").orElseThrow();
  }

  /**
   * Configured, or the one that is made at the first start.
   *
   * @param copy where a copy goes if the server's reader of commands would take what is configured
   *     for something else
   */
  private static HttpsKeyStore keyStore(BootSettings settings, Path copy) throws IOException {
    Path file = settings.path("patchbay.https.key-store");
    Optional<String> password = settings.value("patchbay.https.key-store-password");
    HttpsKeyStore store =
        password.isEmpty() && Files.notExists(file)
            ? HttpsKeyStore.make(file)
            : HttpsKeyStore.open(file, password.orElse(HttpsKeyStore.USUAL_PASSWORD));
    Files.deleteIfExists(copy);
    boolean usable =
        PLAIN.matcher(file.toString()).matches()
            && HARMLESS.matcher(store.password()).matches()
            && HARMLESS.matcher(store.alias()).matches();
    return usable ? store : store.copy(copy);
  }

  private static List<String> https(
      List<String> common, String port, String host, HttpsKeyStore store) {
    List<String> commands = new ArrayList<>();
    common.stream()
        .filter(command -> command.startsWith(NETWORK) && !command.contains(".address="))
        .map(command -> command.replace(".http-listener.", ".https-listener."))
        .forEach(commands::add);
    commands.add(LISTENER + "enabled=true");
    commands.add(LISTENER + "port=" + plain("patchbay.https.port", port));
    commands.add(LISTENER + "address=" + plain("patchbay.https.host", host));
    // The server's own one knows a single key store, that of the whole process.
    commands.add(SSL + "classname=org.glassfish.grizzly.config.ssl.JSSEImplementation");
    commands.add(SSL + "key-store=" + plain("The path of the commands", store.file().toString()));
    commands.add(SSL + "key-store-password=" + store.password());
    commands.add(SSL + "cert-nickname=" + store.alias());
    return commands;
  }

  private static String plain(String what, String value) {
    if (!PLAIN.matcher(value).matches()) {
      throw new IllegalStateException(
          what + " cannot have blanks, quotes, backslashes and dollar signs on Payara Micro");
    }
    return value;
  }
}
