using System.Buffers.Text;
using System.Text;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>
/// Ids of responses: <c>resp_&lt;uuid&gt;_&lt;session&gt;</c>. The session is in the id, so that <c>previous_response_id</c> is understood after
/// a restart and by every core. It grants nothing: who may ask may also name the session by a header.
/// </summary>
internal static class ResponseId
{
    /// <summary>Longest id that is taken, in characters: room for the longest session key that a request can name, in base64.</summary>
    public const int MaxLength = 4096;

    private const string Prefix = "resp_";
    private const int UuidLength = 36;

    public static string New(string sessionKey) => $"{Prefix}{Guid.NewGuid()}_{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(sessionKey))}";

    /// <summary>The session key in an id; null for an id of another make.</summary>
    public static string? SessionOf(string id)
    {
        if (id.Length <= Prefix.Length + UuidLength + 1 || !id.StartsWith(Prefix, StringComparison.Ordinal) || id[Prefix.Length + UuidLength] != '_')
            return null;
        var encoded = id.AsSpan(Prefix.Length + UuidLength + 1);
        return Base64Url.IsValid(encoded) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded)) : null;
    }
}
