using System.Security.Cryptography;
using Weir.Broker.Secrets;
using Weir.Journal;
using Weir.Server.Options;

// The key is no part of the log: it may lie elsewhere, and its file has rights of its own.
#pragma warning disable RS0030

namespace Weir.Server.Hosting;

/// <summary>
/// Reads the key that secrets are encrypted with, or makes it: base64 of 32 bytes in a file for its owner's eyes only.
/// </summary>
internal static class KeyFile
{
    public const string Name = "weir.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>More than base64 of a key with any line ends.</summary>
    private const int LengthMax = 128;

    /// <summary>Gives the vault its key. The data directory must be locked, so that no other process makes one too.
    /// </summary>
    /// <exception cref="KeyFileException">There is no key, a wrong one, or one that others can read.</exception>
    public static void Unlock(SecretVault vault, ServerOptions options, IDisk disk)
    {
        var path = Path.GetFullPath(options.KeyFile ?? Path.Combine(options.Data, Name));
        try
        {
            if (!File.Exists(path)) Make(vault, path, isOwn: options.KeyFile is null, disk);
            if (vault.Unlock(Read(path)) is { } fault)
            {
                throw new KeyFileException($"{fault.Message} Put the right key into {path}, or name its file with "
                    + "--key-file.");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file {path} cannot be used: {failure.Message}", failure);
        }
    }

    private static void Make(SecretVault vault, string path, bool isOwn, IDisk disk)
    {
        if (vault.BoundKeyId is { } bound)
        {
            throw new KeyFileException($"The data directory has secrets that are encrypted with key {bound}, and its "
                + $"file {path} is not there: put it back from a backup, or name its file with --key-file.");
        }

        if (!isOwn)
        {
            throw new KeyFileException($"The key file {path} is not there. Make it with 'openssl rand -base64 32', "
                + "readable by its owner only, or leave out --key-file.");
        }

        // Written whole before it has its name: half a key would be another key.
        var unfinished = path + ".tmp";
        File.Delete(unfinished);
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(unfinished, creation))
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretKey.BytesCount));
            file.Write(System.Text.Encoding.ASCII.GetBytes(key + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    private static SecretKey Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new KeyFileException($"The key file {path} can be read or written by others than its owner: "
                + $"'chmod 600 {path}', and consider what they may have read.");
        }

        var key = new byte[LengthMax];
        if (new FileInfo(path).Length <= LengthMax
            && Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length)
            && length == SecretKey.BytesCount)
            return new SecretKey(key.AsSpan(0, length));
        throw new KeyFileException($"The key file {path} must hold base64 of {SecretKey.BytesCount} bytes and nothing "
            + "else: put the right file back.");
    }
}
