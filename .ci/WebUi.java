import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds or tests the web UI with the machine's Node.js, unless nothing changed since that worked
 * last: a digest of the sources lies beside what they became.
 *
 * <p>Arguments: {@code build} or {@code test}; the directory of the sources; the one of what is
 * built; {@code offline=true} if Maven is; {@code skip=true} to do nothing.
 */
class WebUi {
  private static final int NODE = 20;
  private static final String MISSING =
      "The web UI is built with Node.js %d or newer, and %s: install it, with npm, or build without"
          + " the web UI by -Dpatchbay.web.skip=true.";

  private final Path sources;
  private final Path output;
  private final boolean offline;

  private WebUi(Path sources, Path output, boolean offline) {
    this.sources = sources;
    this.output = output;
    this.offline = offline;
  }

  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).subList(4, arguments.length).contains("skip=true")) {
      return;
    }
    WebUi web =
        new WebUi(
            Path.of(arguments[1]), Path.of(arguments[2]), arguments[3].equals("offline=true"));
    if (arguments[0].equals("build")) {
      web.unlessDone("built", List.of("npm", "run", "--silent", "build"));
    } else {
      web.unlessDone("tested", List.of("npm", "test", "--silent"));
    }
  }

  private void unlessDone(String what, List<String> command) throws Exception {
    Path mark = output.resolveSibling(output.getFileName() + "." + what);
    String digest = digest();
    boolean there = what.equals("tested") || Files.exists(output.resolve("index.html"));
    if (there && Files.exists(mark) && Files.readString(mark).equals(digest)) {
      return;
    }
    requireNode();
    install();
    run(command);
    Files.createDirectories(mark.getParent());
    Files.writeString(mark, digest);
  }

  private static void requireNode() throws IOException, InterruptedException {
    Process node;
    try {
      node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
    } catch (IOException notThere) {
      throw fail(MISSING.formatted(NODE, "there is none here"));
    }
    String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    node.waitFor();
    Matcher number = Pattern.compile("v(\\d+)\\..*").matcher(version.strip());
    if (!number.matches() || Integer.parseInt(number.group(1)) < NODE) {
      throw fail(MISSING.formatted(NODE, "here is " + version.strip()));
    }
  }

  /** Fetches the libraries of the lock file, unless these very ones are there. */
  private void install() throws Exception {
    Path mark = sources.resolve("node_modules/.installed");
    String lock = Files.readString(sources.resolve("package-lock.json"));
    if (Files.exists(mark) && Files.readString(mark).equals(lock)) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("npm", "ci", "--no-audit", "--no-fund"));
    command.add(offline ? "--offline" : "--prefer-offline");
    run(command);
    Files.writeString(mark, lock);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(sources.toFile()).inheritIO();
    builder.environment().put("PATCHBAY_WEB_OUT", output.toString());
    if (builder.start().waitFor() != 0) {
      throw fail("The web UI: " + String.join(" ", command) + " failed, see above.");
    }
  }

  private static RuntimeException fail(String sentence) {
    System.err.println(sentence);
    System.exit(1);
    return new IllegalStateException(sentence);
  }

  /** Of the names and the contents of all sources. */
  private String digest() throws IOException, NoSuchAlgorithmException {
    MessageDigest sum = MessageDigest.getInstance("SHA-256");
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> !file.startsWith(sources.resolve("node_modules")))
          .filter(file -> !file.startsWith(sources.resolve("e2e")))
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(
              file -> {
                try {
                  sum.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                  sum.update(Files.readAllBytes(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return HexFormat.of().formatHex(sum.digest());
  }
}
