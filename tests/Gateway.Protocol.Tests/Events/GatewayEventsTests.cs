using System.Text.Json;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Events;

public sealed class GatewayEventsTests
{
    [Fact]
    public void All_EveryNamedEvent_HasAContract() =>
        Assert.Equal(
            typeof(EventNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            GatewayEvents.All.Select(@event => @event.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Payload_EveryRecordedEvent_FitsItsContract()
    {
        var contracts = GatewayEvents.All.ToDictionary(@event => @event.Name);
        var seen = new HashSet<string>();
        foreach (var session in Transcript.Names.Select(Transcript.Load))
        {
            foreach (var line in session.Lines)
            {
                if (line is not { Direction: "s2c", Frame: { } frame } || !frame.TryGetProperty("event", out var name) || !contracts.TryGetValue(name.GetString()!, out var contract))
                    continue;
                var errors = SchemaValidator.Validate(ProtocolJson.SchemaOf(contract.PayloadType), frame.GetProperty("payload"));
                Assert.True(errors is null, $"{session.Name}, {contract.Name}: {errors}\n{frame.GetRawText()}");
                seen.Add(contract.Name);
            }
        }
        Assert.Equal(contracts.Keys.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Payload_OfOurOwnJson_ReadsBackTheSame()
    {
        var resolved = new DevicePairResolvedEvent { RequestId = "r", DeviceId = "d", Decision = "approved", Ts = 1 };

        var json = JsonSerializer.SerializeToUtf8Bytes(resolved, ProtocolJson.Context.DevicePairResolvedEvent);

        Assert.Equal(resolved, JsonSerializer.Deserialize(json, ProtocolJson.Context.DevicePairResolvedEvent));
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<DevicePairResolvedEvent>(), JsonElement.Parse(json)));
    }
}
