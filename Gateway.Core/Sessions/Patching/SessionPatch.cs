using System.Text.Json;

namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>The fields a client wants to change: a text sets one, null clears it, absence leaves it alone.</summary>
internal sealed class SessionPatch
{
    private readonly Dictionary<string, string?> _fields = new(StringComparer.Ordinal);

    /// <summary>Reads the params of <c>sessions.patch</c>. The wire schema has been checked; unknown fields are passed over.</summary>
    public static SessionPatch From(JsonElement parameters)
    {
        var patch = new SessionPatch();
        if (parameters.ValueKind != JsonValueKind.Object)
            return patch;
        foreach (var property in parameters.EnumerateObject())
        {
            if (property.Name == "key")
                continue;
            patch._fields[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => property.Value.GetString(),
                _ => property.Value.GetRawText(),
            };
        }
        return patch;
    }

    public SessionPatch Set(string field, string? value)
    {
        _fields[field] = value;
        return this;
    }

    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>True when the field is in the patch; <paramref name="value"/> is null when it is to be cleared.</summary>
    public bool TryGet(string field, out string? value) => _fields.TryGetValue(field, out value);
}
