package io.patchbay.emulators.vpcs;

import io.patchbay.emulators.vpcs.shell.Words;
import io.patchbay.spi.DurableFile;
import io.patchbay.spi.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of commands that a virtual PC runs when it starts, in VPCS's own format. */
final class StartupScript {
  private static final Pattern SET_NAME = Pattern.compile("(?m)^set pcname .+$");
  private static final Pattern NAME_WANTED = Pattern.compile("(?m)^set pcname %h[ \t]*$");

  private StartupScript() {}

  /** Writes a script that a user gave; {@code %h} in it becomes the name. */
  static void write(Path file, String script, String name) {
    String named = NAME_WANTED.matcher(script).replaceAll(Matcher.quoteReplacement(setName(name)));
    store(file, named.replace("%h", name));
  }

  /** A name may have blanks, and is one word all the same. */
  private static String setName(String name) {
    return "set pcname " + Words.quoted(name);
  }

  /** Lets the script say the new name, if it says one. */
  static void rename(Path file, String name) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      // Latin-1 keeps whatever bytes the file has.
      String script = Files.readString(file, StandardCharsets.ISO_8859_1);
      String renamed =
          SET_NAME
              .matcher(script)
              .replaceAll(
                  Matcher.quoteReplacement(
                      new String(
                          setName(name).getBytes(StandardCharsets.UTF_8),
                          StandardCharsets.ISO_8859_1)));
      if (!renamed.equals(script)) {
        DurableFile.write(file, renamed.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw LabException.conflict("The startup script cannot be changed: " + e.getMessage());
    }
  }

  private static void store(Path file, String script) {
    try {
      Files.createDirectories(file.getParent());
      DurableFile.write(file, script.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw LabException.conflict("The startup script cannot be written: " + e.getMessage());
    }
  }
}
