using System.Reflection;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>A named number or text of the contract.</summary>
/// <param name="Name">Name in camel case.</param>
/// <param name="Value">An <see cref="int"/> or a <see cref="string"/>.</param>
internal sealed record ContractConstant(string Name, object Value);

/// <summary>A class of constants.</summary>
internal sealed record ConstantGroup(string Name, IReadOnlyList<ContractConstant> Constants)
{
    /// <summary>The groups that clients need.</summary>
    public static IReadOnlyList<ConstantGroup> All { get; } =
    [
        new(nameof(ProtocolLimits), Of(typeof(ProtocolLimits).GetFields(BindingFlags.Public | BindingFlags.Static))),
        new(nameof(CloseCodes), Of(typeof(CloseCodes).GetFields(BindingFlags.Public | BindingFlags.Static))),
        new(nameof(ErrorCodes), Of(typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static))),
        new(nameof(OperatorScopes), Of(typeof(OperatorScopes).GetFields(BindingFlags.Public | BindingFlags.Static))),
        new(nameof(ConnectionRoles), Of(typeof(ConnectionRoles).GetFields(BindingFlags.Public | BindingFlags.Static))),
    ];

    private static IReadOnlyList<ContractConstant> Of(FieldInfo[] fields) =>
        [.. fields.Where(field => field.IsLiteral).Select(field => new ContractConstant(JsonNamingPolicy.CamelCase.ConvertName(field.Name), field.GetRawConstantValue()!))];
}
