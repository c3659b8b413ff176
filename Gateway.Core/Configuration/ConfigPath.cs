using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>A key path as users type it: <c>agents.list[0].id</c>, with <c>\</c> before a dot or bracket that belongs to a name.</summary>
public sealed class ConfigPath
{
    private readonly string _written;

    private ConfigPath(string written, ImmutableArray<string> segments)
    {
        _written = written;
        Segments = segments;
    }

    /// <summary>Names and indexes from the root on; never empty.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>A path from its parts.</summary>
    /// <param name="segments">Names and indexes, at least one.</param>
    public static ConfigPath Of(params ReadOnlySpan<string> segments) => new(string.Join('.', segments), [.. segments]);

    /// <summary>Reads a path.</summary>
    /// <param name="text">What the user typed.</param>
    /// <param name="path">The path.</param>
    /// <param name="error">What is wrong with it, for stderr.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConfigPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        error = null;
        var segments = ImmutableArray.CreateBuilder<string>();
        var current = new StringBuilder();
        var trimmed = text.Trim();
        for (var i = 0; i < trimmed.Length; i++)
        {
            switch (trimmed[i])
            {
                case '\\' when i + 1 < trimmed.Length:
                    current.Append(trimmed[++i]);
                    break;
                case '.':
                    Flush();
                    break;
                case '[':
                    Flush();
                    var close = trimmed.IndexOf(']', i);
                    if (close < 0)
                    {
                        error = $"Invalid path (missing \"]\"): {text}";
                        return false;
                    }
                    current.Append(trimmed.AsSpan(i + 1, close - i - 1));
                    if (Flush() == 0)
                    {
                        error = $"Invalid path (empty \"[]\"): {text}";
                        return false;
                    }
                    i = close;
                    break;
                default:
                    current.Append(trimmed[i]);
                    break;
            }
        }
        Flush();
        if (segments.Count == 0)
        {
            error = "Path is empty.";
            return false;
        }
        path = new ConfigPath(text, segments.ToImmutable());
        return true;

        int Flush()
        {
            var segment = current.ToString().Trim();
            current.Clear();
            if (segment.Length > 0)
                segments.Add(segment);
            return segment.Length;
        }
    }

    /// <summary>Looks the path up.</summary>
    /// <param name="root">Where to start.</param>
    /// <param name="value">The value; null also where the configuration says null.</param>
    public bool TryFind(JsonNode? root, out JsonNode? value)
    {
        value = root;
        foreach (var segment in Segments)
        {
            switch (value)
            {
                case JsonObject obj when obj.TryGetPropertyValue(segment, out var member):
                    value = member;
                    break;
                case JsonArray array when IsIndex(segment, out var index) && index < array.Count:
                    value = array[index];
                    break;
                default:
                    value = null;
                    return false;
            }
        }
        return true;
    }

    /// <summary>The path as it was typed.</summary>
    public override string ToString() => _written;

    internal static bool IsIndex(string segment, out int index)
    {
        index = 0;
        return segment.All(char.IsAsciiDigit) && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
