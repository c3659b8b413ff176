using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>Builds a changed copy of an entry: fields that are set again keep their place, new ones go last.</summary>
internal sealed class SessionEntryEditor(IEnumerable<SessionField> fields)
{
    /// <summary>Levels of sessions.json above a field's value: the store and the entry.</summary>
    private const int ValueDepth = 2;

    private readonly List<SessionField> _fields = [.. fields];

    public SessionEntryEditor Set(string name, RawJson value)
    {
        if (value.IsMissing)
            return Remove(name);
        if (value.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            value = new RawJson(JsonLayout.Indent(value.Utf8.Span, ValueDepth));

        var at = _fields.FindIndex(f => f.Name == name);
        if (at < 0)
            _fields.Add(new SessionField(name, value));
        else
            _fields[at] = new SessionField(name, value);
        return this;
    }

    /// <summary>Sets text; null removes the field.</summary>
    public SessionEntryEditor Set(string name, string? value) => value is null ? Remove(name) : Set(name, RawJson.From(value));

    /// <summary>Sets a number; null removes the field.</summary>
    public SessionEntryEditor Set(string name, long? value) => value is null ? Remove(name) : Set(name, RawJson.From(value.Value));

    /// <summary>Sets a flag; null removes the field.</summary>
    public SessionEntryEditor Set(string name, bool? value) => value is null ? Remove(name) : Set(name, RawJson.From(value.Value));

    public SessionEntryEditor Remove(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _fields.RemoveAll(f => f.Name == name);
        return this;
    }

    /// <summary>Copies a field of another entry, or removes it when that one has none.</summary>
    public SessionEntryEditor Copy(SessionEntry? from, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Set(name, from?[name] ?? default);
        return this;
    }

    /// <summary>Marks activity at <paramref name="now"/>; the stored time never moves backwards.</summary>
    public SessionEntryEditor Touch(DateTimeOffset now)
    {
        var stored = _fields.Find(f => f.Name == SessionFields.UpdatedAt).Value.AsInt64() ?? 0;
        return Set(SessionFields.UpdatedAt, Math.Max(stored, now.ToUnixTimeMilliseconds()));
    }

    public SessionEntry Build() => new([.. _fields]);
}
