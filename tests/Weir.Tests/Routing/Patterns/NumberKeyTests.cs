using System.Globalization;
using System.Text;
using CsCheck;
using Weir.Broker.Routing.Patterns;
using Xunit;

namespace Weir.Tests.Routing.Patterns;

public sealed class NumberKeyTests
{
    [Fact]
    public void Keys_sort_as_the_numbers_do() => Gen.Select(Gen.Decimal, Gen.Decimal).Sample(
        (x, y) => Assert.Equal(Math.Sign(x.CompareTo(y)), Math.Sign(Key(x).SequenceCompareTo(Key(y)))));

    [Fact]
    public void Small_numbers_with_few_digits_sort_too() => Gen.Select(Gen.Int[-2_000, 2_000], Gen.Int[-2_000, 2_000])
        .Sample((x, y) => Assert.Equal(
            Math.Sign(x.CompareTo(y)), Math.Sign(Key(x / 100m).SequenceCompareTo(Key(y / 100m)))));

    [Theory]
    [InlineData("300", "300.0")]
    [InlineData("300", "3.0e2")]
    [InlineData("0.00012", "1.2E-4")]
    [InlineData("-5", "-0.5e+1")]
    [InlineData("0", "-0.000e9")]
    [InlineData("+7", "7")]
    [InlineData(".5", "0.5")]
    public void One_number_has_one_key(string x, string y) => Assert.Equal(Encode(x), Encode(y));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    public void What_is_no_number_has_no_key(string text) => Assert.Null(Encode(text));

    [Theory]
    [InlineData("1.23456", 5)]
    [InlineData("-1.2", 1)]
    [InlineData("120", 0)]
    [InlineData("1.50", 1)]
    [InlineData("1e-7", 7)]
    [InlineData("0", 0)]
    public void Decimals_are_counted_behind_the_point(string text, int decimals) =>
        Assert.Equal(decimals, NumberKey.Decimals(Encode(text)));

    [Fact]
    public void An_exponent_beyond_all_bounds_is_no_overflow() =>
        Assert.True(Encode("1e99999999999999999999")!.AsSpan().SequenceCompareTo(Encode("1e300")) > 0);

    private static ReadOnlySpan<byte> Key(decimal number) => Encode(number.ToString(CultureInfo.InvariantCulture));

    private static byte[]? Encode(string text) => NumberKey.Encode(Encoding.ASCII.GetBytes(text));
}
