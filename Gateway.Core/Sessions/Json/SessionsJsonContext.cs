using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Listing;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Core.Sessions.Usage;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>Generated serialisers of the session area. Use <see cref="SessionsJson.Context"/>, which carries the options.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(RawJson))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SessionEntry))]
[JsonSerializable(typeof(StatusSessionRow))]
[JsonSerializable(typeof(CostUsageResult))]
[JsonSerializable(typeof(UsageTimeSeries))]
[JsonSerializable(typeof(UsageLogs))]
internal sealed partial class SessionsJsonContext : JsonSerializerContext;
