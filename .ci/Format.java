import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that every Java source is formatted by google-java-format, or formats them all.
 *
 * <p>Arguments: {@code check} or {@code write}. It is run from the root of the project, by Maven in
 * its validate phase to check, and by {@code mvn -N validate -Dformat=write} to write.
 */
class Format {
  public static void main(String[] arguments) throws Exception {
    boolean write = arguments[0].equals("write");
    List<String> command = new ArrayList<>();
    command.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    command.addAll(sources());
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = new Main(out, err, System.in).format(command.toArray(String[]::new));
    out.flush();
    err.flush();
    if (code != 0) {
      System.err.println(
          "These sources are not formatted; mvn -N validate -Dformat=write formats them.");
      System.exit(code);
    }
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      return files
          .map(Path::toString)
          .filter(path -> path.endsWith(".java"))
          .filter(path -> !path.contains("target/"))
          .sorted()
          .toList();
    }
  }
}
