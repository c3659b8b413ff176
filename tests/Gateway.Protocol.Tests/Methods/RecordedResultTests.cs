using System.Text.Json;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Methods;

public sealed class RecordedResultTests
{
    [Fact]
    public void Result_EveryRecordedAnswer_FitsItsContract()
    {
        var failures = new HashSet<string>();
        var compared = new HashSet<string>();
        foreach (var session in Transcript.Names.Select(Transcript.Load))
        {
            var methods = new Dictionary<string, MethodContract>();
            foreach (var line in session.Lines.Where(line => line.Frame is { ValueKind: JsonValueKind.Object }))
            {
                var frame = line.Frame!.Value;
                if (!frame.TryGetProperty("id", out var id))
                    continue;
                var key = line.Connection + id.GetRawText();
                if (line.Direction is "c2s" && frame.TryGetProperty("method", out var method) && GatewayMethods.All.FirstOrDefault(contract => contract.Name == method.GetString()) is { } found)
                    methods[key] = found;
                else if (line.Direction is "s2c" && methods.TryGetValue(key, out var contract) && frame.GetProperty("ok").GetBoolean() && frame.TryGetProperty("payload", out var payload))
                {
                    Check(session.Name, contract, payload, failures);
                    compared.Add(contract.Name);
                }
            }
        }
        Assert.Empty(failures);
        // No recorded node was asked for its approvals with success; whatever it answers is passed on. Nothing could be sent, spoken,
        // linked, installed or updated in the recordings, and message.action and what follows it are younger than they are.
        string[] never = ["exec.approvals.node.get", "exec.approvals.node.set", "send", "poll", "message.action", "outbox.status", "outbox.list", "outbox.retry", "outbox.drop", "channels.pairing.list", "channels.pairing.approve", "tts.convert", "sessions.usage.timeseries", "web.login.start", "skills.install", "update.run"];
        Assert.Empty(GatewayMethods.All.Select(method => method.Name).Except(compared).Except(never));
    }

    private static void Check(string session, MethodContract contract, JsonElement payload, HashSet<string> failures)
    {
        var type = contract.AcceptedType is { } accepted && payload.TryGetProperty("status", out var status) && status.ValueEquals("accepted") ? accepted : contract.ResultType;
        if (SchemaValidator.Validate(ProtocolJson.SchemaOf(type), payload) is { } errors)
            failures.Add($"{contract.Name} in {session}: {errors}");
    }
}
