using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Dispatch;

/// <summary>Who may call what. Whatever is not known needs <see cref="OperatorScopes.Admin"/>.</summary>
internal static class MethodAuthorization
{
    /// <summary>Null when the call is allowed.</summary>
    public static ErrorShape? Check(MethodScope scope, ConnectionIdentity caller)
    {
        var isNode = caller.Role == ConnectionRoles.Node;
        if (scope is MethodScope.NodeRole || isNode)
            return isNode && scope is MethodScope.NodeRole ? null : ErrorShape.InvalidRequest($"unauthorized role: {caller.Role}");
        if (caller.IsAdmin)
            return null;
        return scope switch
        {
            MethodScope.Read when caller.Has(OperatorScopes.Read) || caller.Has(OperatorScopes.Write) => null,
            MethodScope.Read => Missing(caller, OperatorScopes.Read),
            MethodScope.Write => Require(caller, OperatorScopes.Write),
            MethodScope.Approvals => Require(caller, OperatorScopes.Approvals),
            MethodScope.Pairing => Require(caller, OperatorScopes.Pairing),
            _ => Missing(caller, OperatorScopes.Admin),
        };
    }

    private static ErrorShape? Require(ConnectionIdentity caller, string scope) => caller.Has(scope) ? null : Missing(caller, scope);

    /// <summary>The refusal of a caller who lacks a scope, in the words of its protocol generation.</summary>
    public static ErrorShape Missing(ConnectionIdentity caller, string scope)
    {
        var message = $"missing scope: {scope}";
        if (caller.Protocol < 4)
            return ErrorShape.InvalidRequest(message);
        var details = new JsonObject { ["code"] = "MISSING_SCOPE", ["missingScope"] = scope, ["requiredScopes"] = new JsonArray(scope) };
        using var document = JsonDocument.Parse(details.ToJsonString());
        return new ErrorShape { Code = ErrorCodes.Forbidden, Message = message, Details = document.RootElement.Clone() };
    }
}
