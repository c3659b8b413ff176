using System.Diagnostics.CodeAnalysis;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>
/// A parsed JSON5 text: values with offsets into the text, which itself keeps comments and layout. An edit
/// replaces parts of the text, so whatever it does not touch stays as it was written.
/// </summary>
internal sealed class Json5Document
{
    /// <summary>
    /// Nesting limit: far above any real configuration. Below the 64 that readers of JSON take by themselves, because a configuration is passed on
    /// within other JSON: to channels, and in the answer to <c>config.get</c>.
    /// </summary>
    public const int MaxDepth = 50;

    /// <summary>Size limit in bytes of UTF-8: a configuration file of this size is a mistake, not a configuration.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    private readonly LineMap _lines;

    private Json5Document(string text, Json5Node root, LineMap lines)
    {
        Text = text;
        Root = root;
        _lines = lines;
    }

    public string Text { get; }

    public Json5Node Root { get; }

    /// <summary>1-based line and column of an offset.</summary>
    public (int Line, int Column) Locate(int offset) => _lines.Locate(offset);

    public static bool TryParse(string text, [NotNullWhen(true)] out Json5Document? document, [NotNullWhen(false)] out Json5Error? error)
    {
        document = null;
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            error = new Json5Error($"document larger than {MaxBytes} bytes", 1, 1);
            return false;
        }
        var lines = new LineMap(text);
        var parser = new Json5Parser(text);
        var root = parser.ParseDocument();
        if (root is null)
        {
            var (line, column) = lines.Locate(parser.ErrorOffset);
            error = new Json5Error(parser.Problem, line, column);
            return false;
        }
        error = null;
        document = new Json5Document(text, root, lines);
        return true;
    }
}
