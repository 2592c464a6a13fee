/**
 * Passwords of twelve and more characters that head the published lists of broken ones, and what people make of those to
 * reach the length. Kept by hand: of the usual lists of thousands, the length of our policy leaves no more than these.
 * In lower case.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  012345678910 0123456789ab 098765432100 0987654321ab 101112131415 111222333444 112233445566 123123123abc
  123321123321 123456123456 123456789000 123456789012 1234567890123 12345678901234 123456789012345
  1234567890123456 1234567890abc 1234567890qwe 1234567890qwerty 1234567891011 123456789101112
  123456789987654321 123456789abc 123456789abcd 123456789asd 123456789qaz 123456789qwe 123456789qwerty
  12345qwert12345 12345qwertasdfg 123abc123abc 123qwe123qwe 123qweasdzxc 12qwaszx12qwaszx 147258369000
  147258369147 159357258456 159753456852 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o
  1q2w3e4r5t6y7u8i9o0p 1qaz!qaz2wsx@wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx3edc 1qazxsw23edc 741852963000
  789456123000 987654321000 987654321098 a1b2c3d4e5f6 a1b2c3d4e5f6g7 aa1234567890 aaa111aaa111 aabbccddeeff
  abc123456789 abc123abc123 abcd12345678 abcd1234abcd abcd1234abcd1234 abcd1234efgh abcdef123456
  abcdefg12345 abcdefg123456 abcdefg1234567 abcdefgh1234 abcdefgh12345678 abcdefghijkl abcdefghijklm
  abcdefghijklmnop abcdefghijklmnopqrstuvwxyz access123456 admin1234567 admin12345678 admin123456789
  admin123admin admin@123456 adminadmin123 adminadminadmin administrator administrator1 administrator123
  asdasdasd123 asdf1234asdf asdf1234asdf1234 asdfghjkl123 asdfghjkl1234 asdfghjklqwe asdfghjklqwertyuiop
  asdfghjklzxc azertyuiop12 azertyuiop123 azertyuiopqs bismillah123 bullshit1234 changeme1234 changeme12345
  changemechangeme changemenow! changemenow1 changethis12 chocolate123 christopher1 computer1234
  default12345 defaultpassword donotchange1 dragon123456 drowssapdrowssap facebook1234 football1234
  footballfootball fuckyou12345 fuckyoufuckyou getmein12345 google123456 guest1234567 hello1234567
  hellohello12 hellohellohello helloworld12 helloworld123 helloworld1234 iloveyou1234 iloveyou12345
  iloveyou123456 iloveyou2025 iloveyou2026 iloveyouiloveyou iloveyousomuch jesuschrist1 justpassword
  letmein12345 letmein123456 letmein1234567 letmeinletmein liverpool123 login1234567 loginlogin12
  loveyouforever manchester12 master123456 michaeljordan monkey123456 motdepasse12 motdepasse123
  mynameismyname mypassword12 mypassword123 mypassword1234 newpassword1 newpassword12 newpassword123
  newyork12345 newyorkcity1 newyorktaxi1 nopassword12 p@ssw0rd1234 p@ssw0rd12345 p@ssw0rd123456
  p@ssw0rdp@ssw0rd p@ssword1234 pa$$word1234 pass12345678 pass123456789 pass1234pass passw0rd1234
  passw0rd12345 passw0rd123456 passw0rdpassw0rd password!123 password-123 password0123 password1!2@3#
  password1111 password123! password1234 password1234! password12345 password12345! password123456
  password1234567 password12345678 password123456789 password1234567890 password1password password2020
  password2021 password2022 password2023 password2024 password2025 password2025! password2026 password2026!
  password2027 password@123 password@1234 password@12345 password_123 passwordpassword passwordpassword1
  passwordpassword123 pokemon12345 princess1234 q1w2e3r4t5y6 q1w2e3r4t5y6u7 q1w2e3r4t5y6u7i8 qazwsxedc123
  qazwsxedcrfv qazwsxedcrfvtgb qazxswedc123 qazxswedcvfr qqqwwweeerrr qwe123qwe123 qweasdzxc123
  qweasdzxc1234 qweasdzxcqwe qweqweqwe123 qwer1234qwer qwer1234qwer1234 qwerasdfzxcv qwert1234567
  qwert12345qwert qwerty098765 qwerty123123 qwerty123456 qwerty1234567 qwerty12345678 qwerty123456789
  qwerty1234567890 qwerty123qwerty qwerty654321 qwertyasdfgh qwertyqwerty qwertyqwerty1 qwertyqwerty123
  qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop12345 qwertyuiop123456
  qwertyuiop1234567890 qwertyuiop[] qwertyuiopas qwertyuiopasdf qwertyuiopasdfgh qwertyuiopasdfghjkl
  qwertyuiopasdfghjklzxcvbnm qwertzuiop12 qwertzuiop123 root12345678 rootroot1234 secret123456
  secretpassword secretsecret servicedesk1 simplepassword spring2025!! starwars1234 summer2024!!
  summer2025!! summer2026!! sunshine1234 sunshine12345 superman1234 supersecret1 supersecret12 superuser123
  taxi12345678 taxidriver12 taxidriver123 temporary123 temppassword temppassword1 test12345678 test123456789
  testpassword testpassword1 testtest1234 thisisapassword thisismypassword trustno1trustno1 user12345678
  user1234user username1234 usernamepassword welcome1234! welcome12345 welcome123456 welcome2025!
  welcome2026! welcomewelcome whatever1234 winter2024!! winter2025!! winter2026!! yellowcab123 zaq12wsxcde3
  zaq1xsw2cde3 zxcvbnm,./12 zxcvbnm12345 zxcvbnm123456 zxcvbnm1234567 zxcvbnmasdfghjkl zxcvbnmzxcvbnm
  `
    .trim()
    .split(/\s+/),
);
