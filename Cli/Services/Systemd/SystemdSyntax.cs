using System.Globalization;
using System.Text;

namespace OpenClaw.Cli.Services.Systemd;

/// <summary>
/// How unit files quote (<c>systemd.syntax(7)</c>, <c>systemd.service(5)</c>): double quotes with C escapes, <c>%%</c> for a per cent sign, which
/// otherwise begins a specifier, and in arguments <c>$$</c> for a dollar sign, which otherwise begins a variable.
/// </summary>
internal static class SystemdSyntax
{
    /// <summary>Why systemd would not take this text; null when it does. Other control characters make it drop the whole line.</summary>
    public static string? Problem(string what, string text) =>
        text.Any(static c => char.IsControl(c) && c is not ('\n' or '\t')) ? $"{what} has control characters, which a unit file cannot hold" : null;

    /// <summary>Why systemd would not run this program; null when it would. It refuses quotes and backslashes in the path itself, however they are written.</summary>
    public static string? ProgramProblem(string path) =>
        path.Any(static c => char.IsControl(c) || c is '"' or '\'' or '\\') ? $"systemd runs no program with quotes, backslashes or control characters in its path: {path}" : null;

    /// <summary>A word of <c>Environment=</c>, or the program of <c>ExecStart=</c>.</summary>
    public static string Quote(string word)
    {
        var plain = word.Replace("%", "%%", StringComparison.Ordinal);
        if (plain.Length > 0 && plain.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '@' or '%' or '+' or '=' or ':' or ',' or '.' or '/' or '-'))
            return plain;
        var text = new StringBuilder("\"");
        foreach (var c in plain)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }
        return text.Append('"').ToString();
    }

    /// <summary>An argument of <c>ExecStart=</c>.</summary>
    public static string QuoteArgument(string argument) => Quote(argument.Replace("$", "$$", StringComparison.Ordinal));

    /// <summary>The words of a value, without quotes and escapes; per cent signs and dollar signs are as in the file.</summary>
    public static List<string> Words(string value)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        var quote = '\0';
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length)
                i += Unescape(value, i + 1, word ??= new StringBuilder());
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                (quote, word) = (c, word ?? new StringBuilder());
            else if (quote == '\0' && char.IsWhiteSpace(c))
                End();
            else
                (word ??= new StringBuilder()).Append(c);
        }
        End();
        return words;

        void End()
        {
            if (word is not null)
                words.Add(word.ToString());
            word = null;
        }
    }

    /// <summary>Appends what an escape means, and returns how many characters it has behind the backslash. One that is none stays as it is.</summary>
    private static int Unescape(string text, int at, StringBuilder word)
    {
        var single = text[at] switch
        {
            'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', 's' => ' ',
            '\\' => '\\', '"' => '"', '\'' => '\'',
            _ => '\0',
        };
        if (single != '\0')
        {
            word.Append(single);
            return 1;
        }
        var (digits, start) = text[at] switch { 'x' => (2, 1), 'u' => (4, 1), 'U' => (8, 1), >= '0' and <= '7' => (3, 0), _ => (0, 0) };
        if (digits > 0 && at + start + digits <= text.Length)
        {
            var number = text.AsSpan(at + start, digits);
            var code = start == 0 ? Octal(number) : int.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : -1;
            if (Rune.IsValid(code))
            {
                word.Append(new Rune(code).ToString());
                return start + digits;
            }
        }
        word.Append('\\').Append(text[at]);
        return 1;
    }

    private static int Octal(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return -1;
            value = (value * 8) + digit - '0';
        }
        return value;
    }
}
