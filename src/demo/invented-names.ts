/** First and last names that go together, and how many drivers of a hundred have such a name. */
interface NamesOfAnOrigin {
  readonly share: number;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Whence the drivers of New York's cabs came, about as often as the city counts them, in the letters of their papers. */
export const NAMES: readonly NamesOfAnOrigin[] = [
  origin(
    20,
    'Rafiq Abdul Mohammed Kamal Shahin Nasrin Jahangir Farhana Anwar Tariqul Shirin Mizanur',
    'Chowdhury Rahman Hossain Islam Ahmed Uddin Miah Khan Begum Sarkar Bhuiyan Talukder',
  ),
  origin(3, 'করিম রহিমা সেলিম আয়েশা', 'হোসেন চৌধুরী রহমান মিয়া'),
  origin(
    10,
    'Imran Bilal Asif Saima Usman Naveed Farooq Zahid Ayesha Waqas',
    'Malik Butt Qureshi Mirza Sheikh Iqbal Chaudhry Raja Akhtar Siddiqui',
  ),
  origin(
    8,
    'Gurpreet Harjit Baljinder Manpreet Rajesh Jaswinder Sukhdev Priya Amrit Kulwinder',
    'Singh Kaur Gill Dhillon Sandhu Patel Sharma Grewal Bedi Kumar',
  ),
  origin(2, 'ਗੁਰਪ੍ਰੀਤ ਹਰਜੀਤ ਅਮਰਜੀਤ', 'ਸਿੰਘ ਕੌਰ ਗਿੱਲ'),
  origin(
    9,
    'Jean-Baptiste Marie-Ève Wilner Réginald Ketsia Emmanuel Guerline Frantz Josué Mirlande',
    'Toussaint Pierre-Louis Joseph Désir Étienne François Jean-Charles Baptiste Métayer Louissaint',
  ),
  origin(
    12,
    'Luis José María Ramón Altagracia Yunior Ángel Rosa Héctor Inés Wilfredo Begoña',
    'Ortega~Núñez Rodríguez Peña De~la~Cruz Almonte Guamán Quispe Muñoz Castañeda Batista Polanco Yáñez',
  ),
  origin(
    7,
    'Ahmed Mostafa Karim Nadia Youssef Rachid Salma Hicham Mahmoud Samira',
    'El-Sayed Hassan Benali Abdelrahman Mansour El~Amrani Farouk Ibrahim Bensaïd Ghali',
  ),
  origin(2, 'محمد أحمد فاطمة يوسف', 'السيد حسن منصور إبراهيم'),
  origin(
    8,
    "Kwame Amara Mamadou Fatou Ousmane Chinedu Aïssatou Ibrahima N'Golo Adwoa",
    'Diallo Mensah Traoré Okafor Bah Sow Ouédraogo Adeyemi Camara Boateng',
  ),
  origin(
    4,
    'Aleksandr Dmitri Svitlana Bekzod Giorgi Oleksiy Nodira Yuri',
    'Kuznetsov Kovalenko Karimov Beridze Rakhimov Melnyk Petrov Yusupov',
  ),
  origin(2, 'Олена Сергей Бахтиёр Андрій', 'Шевченко Кузнецов Каримов Коваль'),
  origin(3, 'Wei Jian Mei-Ling Guo Xiu Zhen', 'Chen Wang Lin Zheng Huang Li'),
  origin(1, '小明 建国 秀英', '王 陈 林'),
  origin(2, 'Tenzin Pema Bishal Sunita Dawa Prakash', 'Dorje Sherpa Gurung Tamang Lama Shrestha'),
  origin(1, '민준 서연 영호', '김 박 이'),
  origin(
    6,
    'Michael Denise Anthony Kevin Theresa Dwayne Seán Nikolaos Rocío Latoya',
    "O'Neill Johnson Russo Williams Papadopoulos Brown Rivera Washington Cohen D'Amico",
  ),
];

/** Names with a blank in them carry a tilde in its place. */
function origin(share: number, first: string, last: string): NamesOfAnOrigin {
  const names = (list: string): string[] => list.split(' ').map((name) => name.replaceAll('~', ' '));
  return { share, first: names(first), last: names(last) };
}
