using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>Generated serialisers of the session area. Use <see cref="SessionsJson.Context"/>, which carries the options.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(RawJson))]
internal sealed partial class SessionsJsonContext : JsonSerializerContext;
