using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Makes a command safe to show to the person who is to approve it.</summary>
internal static class DisplayText
{
    /// <summary>Control, format, private and odd space characters become <c>\u{…}</c>, so that nothing hides or turns around.</summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
                shown.Append("\\n");
            else if (rune.Value is ' ' or '\t' || !Hides(rune))
                shown.Append(rune);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
        return shown.ToString();
    }

    private static bool Hides(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate
        // Variation selectors and fillers take no room on the screen.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
