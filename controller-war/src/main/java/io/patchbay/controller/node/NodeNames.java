package io.patchbay.controller.node;

import io.patchbay.spi.LabException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** The names of a project's nodes, each taken once. Not thread-safe. */
public final class NodeNames {
  private static final Pattern SLOT = Pattern.compile("\\{(?:0|id)\\}");
  private static final Pattern OTHER_SLOT = Pattern.compile("\\{[^}]*\\}");
  private static final String KIND_SLOT = "{name}";
  private static final String KIND = "Node";
  private static final Pattern TRAILING_DIGITS = Pattern.compile("\\d+$");

  private final Set<String> taken = new HashSet<>();

  /** Below this number all names of a form are taken, so that numbering a thousand stays quick. */
  private final Map<String, Integer> firstToTry = new HashMap<>();

  /**
   * Takes a name, or the nearest one that is free: spaces go, {@code {0}} and {@code {id}} stand
   * for the first free number, {@code {name}} beside them for a word, and a taken name gets another
   * number.
   *
   * @throws LabException (CONFLICT) if the name has a slot that means nothing, (INVALID) if it is
   *     empty
   */
  public String take(String wanted) {
    String bare = wanted.replace(" ", "");
    if (SLOT.matcher(bare).find()) {
      String pattern = bare.replace(KIND_SLOT, KIND);
      if (OTHER_SLOT.matcher(SLOT.matcher(pattern).replaceAll("")).find()) {
        throw LabException.conflict("The name " + wanted + " has an unknown slot in braces");
      }
      return number(bare, n -> SLOT.matcher(pattern).replaceAll(Integer.toString(n)));
    }
    if (bare.isEmpty()) {
      throw LabException.invalid("A name of spaces is no name");
    }
    if (taken.add(bare)) {
      return bare;
    }
    String base = TRAILING_DIGITS.matcher(bare).replaceFirst("");
    return number(base + "{0}", n -> base + n);
  }

  private String number(String form, IntFunction<String> name) {
    for (int n = firstToTry.getOrDefault(form, 1); ; n++) {
      String candidate = name.apply(n);
      if (taken.add(candidate)) {
        firstToTry.put(form, n + 1);
        return candidate;
      }
    }
  }

  /** Frees a name. */
  public void free(String name) {
    taken.remove(name);
    firstToTry.clear();
  }
}
