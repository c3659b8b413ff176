using System.Text.Json;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>
/// Takes a request's fields and keeps the first thing that is wrong with them: <c>&lt;path&gt;: &lt;what is expected&gt;</c>. A field that
/// is absent or null is not wrong.
/// </summary>
internal sealed class FieldReader
{
    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public ApiError? Error { get; private set; }

    public void Fail(string path, string expected, string? code = null) => Error ??= ApiError.Invalid($"{path}: {expected}", path, code);

    /// <summary>As <see cref="Fail"/>, for a message that clients know without a path before it.</summary>
    public void FailAs(string message, string path) => Error ??= ApiError.Invalid(message, path);

    /// <summary>What the original says of a field of the wrong type.</summary>
    public static string Expected(string type, string received) => $"Invalid input: expected {type}, received {received}";

    public static JsonElement? Get(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public string? Text(JsonElement owner, string name, string prefix = "", int maxLength = int.MaxValue)
    {
        if (Get(owner, name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
        {
            Fail(prefix + name, Expected("string", NameOf(value)));
            return null;
        }
        var text = value.GetString()!;
        if (text.Length > maxLength)
            Fail(prefix + name, $"at most {maxLength} characters are taken");
        return text;
    }

    /// <summary>A text that has to be there.</summary>
    public string RequiredText(JsonElement owner, string name, string prefix = "", int maxLength = int.MaxValue)
    {
        var text = Text(owner, name, prefix, maxLength);
        if (string.IsNullOrEmpty(text))
            Fail(prefix + name, text is null ? Expected("string", "undefined") : "Invalid input: expected a text that is not empty");
        return text ?? "";
    }

    public bool? Flag(JsonElement owner, string name, string prefix = "")
    {
        if (Get(owner, name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fail(prefix + name, Expected("boolean", NameOf(value)));
        return null;
    }

    public double? Number(JsonElement owner, string name, double min, double max, string prefix = "")
    {
        if (Get(owner, name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.Number)
            Fail(prefix + name, Expected("number", NameOf(value)));
        else if (value.TryGetDouble(out var number) && number >= min && number <= max)
            return number;
        else
            Fail(prefix + name, FormattableString.Invariant($"{min} to {max} are allowed"));
        return null;
    }

    public long? Integer(JsonElement owner, string name, long min, long max, string prefix = "")
    {
        if (Get(owner, name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.Number)
            Fail(prefix + name, Expected("number", NameOf(value)));
        else if (value.TryGetInt64(out var number) && number >= min && number <= max)
            return number;
        else
            Fail(prefix + name, FormattableString.Invariant($"a whole number from {min} to {max} is expected"));
        return null;
    }

    public JsonElement? Object(JsonElement owner, string name, string prefix = "")
    {
        if (Get(owner, name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Object)
            return value;
        Fail(prefix + name, Expected("object", NameOf(value)));
        return null;
    }

    /// <summary>The objects of a list, each with its path; others are wrong.</summary>
    public IEnumerable<(JsonElement Item, string Path)> Objects(JsonElement owner, string name, string prefix = "", int maxCount = int.MaxValue)
    {
        if (Get(owner, name) is not { } value)
            yield break;
        var path = prefix + name;
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Fail(path, Expected("array", NameOf(value)));
            yield break;
        }
        if (value.GetArrayLength() > maxCount)
        {
            Fail(path, $"at most {maxCount} entries are taken");
            yield break;
        }
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = FormattableString.Invariant($"{path}.{index++}");
            if (item.ValueKind is JsonValueKind.Object)
                yield return (item, itemPath);
            else
                Fail(itemPath, Expected("object", NameOf(item)));
        }
    }

    /// <summary>The text if it is one of <paramref name="allowed"/>.</summary>
    public string? OneOf(JsonElement owner, string name, IReadOnlyList<string> allowed, string prefix = "")
    {
        if (Text(owner, name, prefix) is not { } text)
            return null;
        if (!allowed.Contains(text, StringComparer.Ordinal))
            Fail(prefix + name, "allowed are " + string.Join(", ", allowed));
        return text;
    }

    public static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
