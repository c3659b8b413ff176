using System.Text.Json.Serialization;
using OpenClaw.Channels.Abstractions.Media;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;

namespace OpenClaw.Channels.Abstractions;

/// <summary>The JSON of what channels and the core tell each other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InboundMessage))]
[JsonSerializable(typeof(OutboundMessage))]
[JsonSerializable(typeof(ChannelAction))]
[JsonSerializable(typeof(ActionResult))]
[JsonSerializable(typeof(OutboxRecord))]
[JsonSerializable(typeof(ChannelSettings))]
[JsonSerializable(typeof(MediaPartRequest))]
[JsonSerializable(typeof(AccountStatus))]
[JsonSerializable(typeof(ChannelDescription))]
public sealed partial class ChannelJsonContext : JsonSerializerContext;
