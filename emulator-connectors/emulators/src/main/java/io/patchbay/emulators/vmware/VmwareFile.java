package io.patchbay.emulators.vmware;

import io.patchbay.spi.DurableFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of VMware's: settings of a machine ({@code .vmx}), its inventory or its preferences. A
 * line is {@code name = "value"}; the line {@code .encoding} says how the others are written. What
 * is not changed stays as it is, to the letter.
 */
final class VmwareFile {
  private static final Pattern LINE =
      Pattern.compile("\\s*([^=#\\s][^=]*?)\\s*=\\s*\"?(.*?)\"?\\s*");
  private static final Pattern ENCODING =
      Pattern.compile("(?im)^\\s*\\.encoding\\s*=\\s*\"?([^\"\\r\\n]*?)\"?\\s*$");
  private static final Pattern ESCAPED = Pattern.compile("\\|([0-9A-Fa-f]{2})");

  private final Path path;
  private final Charset charset;
  private final List<String> lines;

  private VmwareFile(Path path, Charset charset, List<String> lines) {
    this.path = path;
    this.charset = charset;
    this.lines = lines;
  }

  /**
   * @throws IOException if it cannot be read
   */
  static VmwareFile read(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    Charset charset = charset(new String(content, StandardCharsets.ISO_8859_1));
    return new VmwareFile(
        path,
        charset,
        Stream.of(new String(content, charset).split("(?<=\n)"))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  private static Charset charset(String text) {
    Matcher encoding = ENCODING.matcher(text);
    try {
      return encoding.find() ? Charset.forName(encoding.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      // Reads and writes every octet as it is.
      return StandardCharsets.ISO_8859_1;
    }
  }

  /** Every value by its name, which is in small letters. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher entry = LINE.matcher(line.strip());
      if (entry.matches()) {
        values.put(lower(entry.group(1)), unescaped(entry.group(2)));
      }
    }
    return values;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The value of this name, in letters of any size. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values().get(lower(name)));
  }

  boolean isTrue(String name) {
    return get(name).filter("true"::equalsIgnoreCase).isPresent();
  }

  /** Sets a value in its line, or adds one. */
  void set(String name, String value) {
    String end = lines.stream().anyMatch(line -> line.endsWith("\r\n")) ? "\r\n" : "\n";
    for (int i = 0; i < lines.size(); i++) {
      Matcher entry = LINE.matcher(lines.get(i).strip());
      if (entry.matches() && entry.group(1).equalsIgnoreCase(name)) {
        lines.set(i, entry.group(1) + " = \"" + escaped(value) + "\"" + end);
        return;
      }
    }
    if (!lines.isEmpty() && !lines.getLast().endsWith("\n")) {
      lines.set(lines.size() - 1, lines.getLast() + end);
    }
    lines.add(name + " = \"" + escaped(value) + "\"" + end);
  }

  void remove(String name) {
    removeIf(name::equalsIgnoreCase);
  }

  void removeIf(Predicate<String> unwanted) {
    lines.removeIf(
        line -> {
          Matcher entry = LINE.matcher(line.strip());
          return entry.matches() && unwanted.test(entry.group(1));
        });
  }

  /** Quotes end a value, and a sharp begins a comment. */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (char c : value.toCharArray()) {
      text.append(c < ' ' || "\"|#".indexOf(c) >= 0 ? "|%02X".formatted((int) c) : c);
    }
    return text.toString();
  }

  private static String unescaped(String value) {
    return ESCAPED
        .matcher(value)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(code.group(1), 16))));
  }

  /**
   * Replaces the file in one step; its permissions stay.
   *
   * @throws IOException if that fails; the file is as it was then
   */
  void write() throws IOException {
    Path file = path.toRealPath();
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    DurableFile.write(file, String.join("", lines).getBytes(charset));
    Files.setPosixFilePermissions(file, permissions);
  }
}
