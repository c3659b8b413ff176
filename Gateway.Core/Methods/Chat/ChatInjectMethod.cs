using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary><c>chat.inject</c>: puts a message of the assistant into a session without asking a model.</summary>
internal sealed class ChatInjectMethod(TranscriptNotes notes) : GatewayMethod<ChatInjectParams, ChatInjectResult>(GatewayMethods.ChatInject)
{
    protected override ValueTask<MethodResult<ChatInjectResult>> RunAsync(ChatInjectParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        notes.InjectAsync(parameters, cancellationToken);
}
