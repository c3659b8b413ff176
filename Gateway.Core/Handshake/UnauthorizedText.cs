using OpenClaw.Gateway.Protocol.Connect;

namespace OpenClaw.Gateway.Core.Handshake;

/// <summary>Why a shared secret was not accepted.</summary>
internal enum SecretFailure
{
    TokenMissing,
    TokenMismatch,
    TokenNotConfigured,
    PasswordMissing,
    PasswordMismatch,
    PasswordNotConfigured,
    RateLimited,
    BootstrapInvalid,
}

/// <summary>Messages of refused secrets, worded for the kind of client; wire texts of the peer (protocol page 2.7).</summary>
internal static class UnauthorizedText
{
    public static string For(SecretFailure failure, ConnectClient client) => failure switch
    {
        SecretFailure.TokenMissing => $"unauthorized: gateway token missing ({TokenHint(client)})",
        SecretFailure.TokenMismatch => $"unauthorized: gateway token mismatch ({TokenHint(client)})",
        SecretFailure.TokenNotConfigured => "unauthorized: gateway token not configured on gateway (set gateway.auth.token)",
        SecretFailure.PasswordMissing => $"unauthorized: gateway password missing ({PasswordHint(client)})",
        SecretFailure.PasswordMismatch => $"unauthorized: gateway password mismatch ({PasswordHint(client)})",
        SecretFailure.PasswordNotConfigured => "unauthorized: gateway password not configured on gateway (set gateway.auth.password)",
        SecretFailure.RateLimited => "unauthorized: too many failed authentication attempts (retry later)",
        SecretFailure.BootstrapInvalid => "unauthorized: bootstrap token invalid or expired (scan a fresh setup code)",
        _ => "unauthorized",
    };

    /// <summary>Machine-readable code that clients of protocol 4 look for.</summary>
    public static string Code(SecretFailure failure) => failure switch
    {
        SecretFailure.TokenMissing => "AUTH_TOKEN_MISSING",
        SecretFailure.TokenMismatch => "AUTH_TOKEN_MISMATCH",
        SecretFailure.TokenNotConfigured => "AUTH_TOKEN_NOT_CONFIGURED",
        SecretFailure.PasswordMissing => "AUTH_PASSWORD_MISSING",
        SecretFailure.PasswordMismatch => "AUTH_PASSWORD_MISMATCH",
        SecretFailure.PasswordNotConfigured => "AUTH_PASSWORD_NOT_CONFIGURED",
        SecretFailure.RateLimited => "AUTH_RATE_LIMITED",
        SecretFailure.BootstrapInvalid => "AUTH_BOOTSTRAP_TOKEN_INVALID",
        _ => "AUTH_FAILED",
    };

    /// <summary>True for failures in which a wrong secret was offered.</summary>
    public static bool IsWrongSecret(SecretFailure failure) => failure is SecretFailure.TokenMismatch or SecretFailure.PasswordMismatch or SecretFailure.BootstrapInvalid;

    private static string TokenHint(ConnectClient client) =>
        client.Mode == "cli" ? "set gateway.remote.token to match gateway.auth.token"
        : ClientKinds.IsBrowser(client) ? "open the dashboard URL and paste the token in Control UI settings"
        : "provide gateway auth token";

    private static string PasswordHint(ConnectClient client) =>
        client.Mode == "cli" ? "set gateway.remote.password to match gateway.auth.password"
        : ClientKinds.IsBrowser(client) ? "enter the password in Control UI settings"
        : "provide gateway auth password";
}

/// <summary>Kinds of client that get rules of their own.</summary>
internal static class ClientKinds
{
    public static bool IsControlUi(ConnectClient client) => client.Id == "openclaw-control-ui";

    public static bool IsWebChat(ConnectClient client) => client.Mode == "webchat" || client.Id == "webchat-ui";

    /// <summary>Runs in a browser, so its origin is checked.</summary>
    public static bool IsBrowser(ConnectClient client) => IsControlUi(client) || IsWebChat(client);

    /// <summary>Protocol 4: the programs on this machine that keep their scopes without a device.</summary>
    public static bool IsLocalProgram(ConnectClient client) => client.Id == "cli" || (client.Id == "gateway-client" && client.Mode == "backend");
}
