using System.Text;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Core.Methods.Voice;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Voice;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>What happens when a node's connection is ready, and when it is over. Connections of operators pass.</summary>
internal sealed partial class NodeArrivals(NodeRegistry nodes, NodePulse pulse, NodePairing pairing, VoiceSettings voice, ILogger<NodeArrivals> logger)
{
    public void Arrived(GatewayConnection connection)
    {
        if (connection.Identity!.Role != ConnectionRoles.Node)
            return;
        var (node, before) = nodes.Add(connection);
        pulse.Watch(node);
        // It comes again because the connection before is dead, or soon will be; somebody may be waiting on that one.
        if (before is not null)
            pulse.Check(before);
    }

    public void Left(GatewayConnection connection)
    {
        if (connection.Identity!.Role != ConnectionRoles.Node)
            return;
        nodes.Remove(connection);
        pulse.Unwatch(connection);
    }

    /// <summary>Tells a node what it is to listen for. Never fails.</summary>
    public async Task GreetAsync(GatewayConnection connection)
    {
        if (nodes.Of(connection) is not { } node)
            return;
        try
        {
            var triggers = VoiceWakeSetMethod.Result(await voice.TriggersAsync(CancellationToken.None).ConfigureAwait(false));
            Broadcaster.SendTo(connection, EventNames.VoiceWakeChanged, Encoding.UTF8.GetBytes(triggers.ToJsonString()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotGreeted(logger, e, node.Id);
        }
    }

    /// <summary>Notes the connect in the node file, when the node is in it. Never fails: the node is connected all the same.</summary>
    public async Task NoteAsync(GatewayConnection connection)
    {
        if (nodes.Of(connection) is not { } node)
            return;
        try
        {
            if (!await pairing.NoteConnectedAsync(node.Id, CancellationToken.None).ConfigureAwait(false) && node.Client.InstanceId is { } instanceId)
                await pairing.NoteConnectedAsync(instanceId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LockTimeoutException)
        {
            LogNotNoted(logger, e, node.Id);
        }
    }

    [LoggerMessage(1605, LogLevel.Warning, "Node {NodeId} could not be told what to listen for.")]
    private static partial void LogNotGreeted(ILogger logger, Exception exception, string nodeId);

    [LoggerMessage(1602, LogLevel.Warning, "The connect of node {NodeId} could not be noted in the node file.")]
    private static partial void LogNotNoted(ILogger logger, Exception exception, string nodeId);
}
